"""Verifies a user on the word of an operator."""

from dataclasses import dataclass

from accounts.audit import Action
from accounts.environment import Environment
from accounts.marking import Marked, mark_verified
from accounts.users import IsGone
from accounts.verification import Verified
from models import User


@dataclass(frozen=True)
class AlreadyVerified:
    """An operator verifies somebody who did it before."""


async def verify_by_operator(
    *, user: User, actor: str, env: Environment
) -> Verified | AlreadyVerified | IsGone:
    """Verifies the user; once more changes nothing."""
    match await mark_verified(user, action=Action.USER_VERIFIED, actor=actor, env=env):
        case Marked(verified, newly=True):
            return Verified(verified)
        case Marked():
            return AlreadyVerified()
        case None:
            return IsGone()
