"""One attempt to send one mail, and its possible outcomes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from mail import outbox
from mail.mail_transport import MailSession, Message, SendError, UnreachableError
from mail.message.compose import ClaimedMail, Compose, current_message
from mail.redaction import where_raised
from models import OutgoingMail

GIVE_UP_AFTER = timedelta(hours=24)
"""Counted from `created_at`, which an operator's retry resets. No older mail is sent."""


@dataclass(frozen=True)
class Sent:
    """The mail server has accepted the mail."""


@dataclass(frozen=True)
class Postponed:
    """The mail was not sent, and a later attempt may succeed."""

    reason: str


@dataclass(frozen=True)
class Unreachable:
    """The mail server cannot be reached, so no other mail can be sent either."""

    reason: str


@dataclass(frozen=True)
class GivenUp:
    """The mail is too old, or no attempt can succeed: the server's answer is final."""

    reason: str


@dataclass(frozen=True)
class TakenOver:
    """Another worker has claimed the mail since this worker did."""


@dataclass(frozen=True)
class MailDeleted:
    """The mail was deleted since this worker claimed it, for example with its user."""


AttemptOutcome: TypeAlias = Sent | Postponed | Unreachable | GivenUp | TakenOver | MailDeleted


async def attempt(
    claimed: ClaimedMail,
    session: MailSession,
    *,
    compose: Compose,
    clock: Callable[[], datetime],
    lease: timedelta,
) -> AttemptOutcome:
    """Sends one claimed mail over a session, in at most half of its lease; returns the outcome."""
    mail, now = claimed.mail, clock()
    if not await _holds_lease(mail, now=now, lease=lease):
        return await lost_claim(mail)
    if now - mail.created_at >= GIVE_UP_AFTER:
        return GivenUp(mail.last_error or "older than 24 hours")
    try:
        message = await current_message(claimed, compose=compose, now=now)
        if message is None:
            gone = GivenUp("its code and link were used or replaced, or their key is gone")
            return gone if await outbox.stored([mail]) else MailDeleted()
        return await _send(message, session, seconds=lease.total_seconds() / 2)
    except UnreachableError as error:
        return Unreachable(error.reason)
    except SendError as error:
        return GivenUp(error.reason) if error.permanent else Postponed(error.reason)
    except Exception as error:  # noqa: BLE001 - one bad mail does not stop the others
        return Postponed(where_raised(error))


async def lost_claim(mail: OutgoingMail) -> TakenOver | MailDeleted:
    """Why this worker's claim of a mail does not hold any more."""
    return TakenOver() if await outbox.stored([mail]) else MailDeleted()


async def _send(message: Message, session: MailSession, *, seconds: float) -> Sent | Postponed:
    try:
        async with asyncio.timeout(seconds):
            await session.send(message)
    except TimeoutError:
        return Postponed(f"the mail server took longer than {seconds:g} s in all")
    return Sent()


def next_attempt_at(
    mail: OutgoingMail, *, now: datetime, randomness: Callable[[], float]
) -> datetime | None:
    """When to try a postponed mail again; None if it would be too old by then."""
    due_at = now + retry_delay(mail.attempts, randomness)
    return due_at if due_at - mail.created_at < GIVE_UP_AFTER else None


async def _holds_lease(mail: OutgoingMail, *, now: datetime, lease: timedelta) -> bool:
    """Whether this worker holds the mail's lease, for as long as an attempt may take.

    An attempt takes at most half of the lease, and another worker's clock may be ahead by a quarter
    of it. So the database is asked only if less than three quarters of the lease are left.
    """
    if mail.due_at - now >= lease * 3 / 4:
        return True
    held = await outbox.renew(mail, until=now + lease)
    if held:
        mail.due_at = now + lease
    return held


FIRST = timedelta(seconds=5)
"""The wait after the first attempt."""
LONGEST = timedelta(hours=1)
"""The longest wait between two attempts."""
_DOUBLINGS = 10
"""5 s doubled ten times exceeds LONGEST, so more doublings change nothing."""


def retry_delay(attempts: int, random: Callable[[], float]) -> timedelta:
    """The wait after `attempts` attempts: 5 s, doubled each time, at most one hour.

    Half of it is fixed. The other half is multiplied by `random()`, in [0, 1), so that mails which
    failed together are not all retried at the same time.
    """
    full: timedelta = min(FIRST * 2 ** min(attempts - 1, _DOUBLINGS), LONGEST)
    return full / 2 + full / 2 * random()
