"""One attempt to send one mail, and what comes of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from mail import outbox
from mail.compose import Compose, ComposedMail, current_message
from mail.redaction import where_raised
from mail.transport import MailSession, SendError, UnreachableError
from models import OutgoingMail

GIVE_UP_AFTER = timedelta(hours=24)
"""Counted from when the mail was made, or an operator had it retried; no mail leaves later."""


@dataclass(frozen=True)
class Sent:
    """The server has taken the mail."""


@dataclass(frozen=True)
class Postponed:
    """The mail was not taken, and may be taken later."""

    reason: str


@dataclass(frozen=True)
class Unreachable:
    """The mail server cannot be reached, for this mail or for any other."""

    reason: str


@dataclass(frozen=True)
class GivenUp:
    """The mail is too old, or can never be sent."""

    reason: str


@dataclass(frozen=True)
class TakenOver:
    """Another worker has claimed the mail since."""


AttemptOutcome: TypeAlias = Sent | Postponed | Unreachable | GivenUp | TakenOver


async def attempt(
    composed: ComposedMail,
    session: MailSession,
    *,
    compose: Compose,
    clock: Callable[[], datetime],
    lease: timedelta,
) -> AttemptOutcome:
    """Sends one claimed mail over a session, within half of its lease."""
    mail, now = composed.mail, clock()
    if not await _holds(mail, now=now, lease=lease):
        return TakenOver()
    if now - mail.created_at >= GIVE_UP_AFTER:
        return GivenUp(mail.last_error or "older than 24 hours")
    try:
        message = await current_message(composed, compose=compose, now=now)
        if message is None:
            return GivenUp("the verification no longer exists")
        async with asyncio.timeout(lease.total_seconds() / 2):
            await session.send(message)
    except UnreachableError as error:
        return Unreachable(error.reason)
    except SendError as error:
        return GivenUp(error.reason) if error.permanent else Postponed(error.reason)
    except Exception as error:  # noqa: BLE001 - one bad mail does not stop the others
        return Postponed(where_raised(error))
    return Sent()


def next_attempt_at(
    mail: OutgoingMail, *, now: datetime, randomness: Callable[[], float]
) -> datetime | None:
    """When to try a mail again that was not taken; None if that would be too late."""
    due_at = now + retry_delay(mail.attempts, randomness)
    return due_at if due_at - mail.created_at < GIVE_UP_AFTER else None


async def _holds(mail: OutgoingMail, *, now: datetime, lease: timedelta) -> bool:
    """Whether the mail is still this worker's, and stays so for as long as an attempt may take.

    With three quarters of the lease left nobody else can have it, even by a clock that is ahead by
    a quarter of it. So only a batch that took long asks.
    """
    if mail.due_at - now >= lease * 3 / 4:
        return True
    held = await outbox.renew(mail, until=now + lease)
    if held:
        mail.due_at = now + lease
    return held


FIRST = timedelta(seconds=5)
LONGEST = timedelta(hours=1)
_DOUBLINGS = 10
"""5 s doubled ten times is beyond an hour; more would only grow the number."""


def retry_delay(attempts: int, random: Callable[[], float]) -> timedelta:
    """How long to wait after `attempts` tries: 5 s, doubled each time, one hour at most.

    Half of it is certain and half is `random()`, in [0, 1), so that mails which failed together
    do not come back together.
    """
    full: timedelta = min(FIRST * 2 ** min(attempts - 1, _DOUBLINGS), LONGEST)
    return full / 2 + full / 2 * random()
