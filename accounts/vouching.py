"""Verifies a user on the word of an operator."""

from dataclasses import dataclass

from accounts.audit import Action
from accounts.environment import Environment
from accounts.marking import mark_verified
from accounts.users import IsGone
from accounts.verification import Verified
from models import User
from models.reading import read_user


@dataclass(frozen=True)
class AlreadyVerified:
    """An operator verifies somebody who did it before."""


async def verify_by_operator(
    *, user: User, actor: str, env: Environment
) -> Verified | AlreadyVerified | IsGone:
    """Verifies the user; once more changes nothing."""
    newly = await mark_verified(user, action=Action.USER_VERIFIED, actor=actor, env=env)
    verified = await read_user("users.id = $1", user.id)
    if verified is None:
        return IsGone()
    return Verified(verified) if newly else AlreadyVerified()
