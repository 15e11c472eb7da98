"""Marks a user as verified, keeps it in the audit, and tells whoever waits for it."""

from dataclasses import dataclass

from accounts import audit
from accounts.audit import API, Action, Event, Subject
from accounts.environment import Environment
from accounts.operator.users import IsGone
from accounts.verification.by_code import Verified
from models import User
from models.sql import verification
from models.sql.select import read_user


@dataclass(frozen=True)
class Marked:
    """A verified user. `newly` is False if they were verified before."""

    user: User
    newly: bool


async def mark_verified(
    user: User, *, action: Action, actor: str = API, env: Environment
) -> Marked | None:
    """The user, verified in one statement; None if their account is gone."""
    now = env.clock()
    subject = Subject.address(user.email, keys=env.keys)
    entry = audit.inserting(Event(action, subject, at=now, actor=actor))
    marked = await verification.mark_verified(user.id, entry, now=now)
    if marked is not None:
        # Other processes hear of it from the database; this one need not wait for that.
        env.subscribers.tell(user.id)
        return Marked(marked, newly=True)
    verified = await read_user("users.id = $1", user.id)
    return None if verified is None else Marked(verified, newly=False)


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
