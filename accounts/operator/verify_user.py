"""Verifies the address of a user, at the request of an operator."""

from dataclasses import dataclass

from accounts.audit import Action
from accounts.environment import Environment
from accounts.operator.users import UserNotFound
from accounts.registration.disown import allow_mails
from accounts.verification.mark_verified import Marked, Verified, mark_verified
from models import User


@dataclass(frozen=True)
class AlreadyVerified:
    """The user was verified before the operator's request."""


async def verify_by_operator(
    *, user: User, actor: str, env: Environment
) -> Verified | AlreadyVerified | UserNotFound:
    """Verifies the user, who gets mails again if somebody has disowned a registration before.

    Repeating it changes nothing.
    """
    match await mark_verified(user, action=Action.USER_VERIFIED, actor=actor, env=env):
        case Marked(verified, newly=True):
            await allow_mails(verified.email, env=env)
            return Verified(verified)
        case Marked():
            return AlreadyVerified()
        case None:
            return UserNotFound()
