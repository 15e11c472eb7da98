"""What is said of a mail that this worker claimed and that is not its own any more."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from harness.mail_worker import queue, worker
from harness.messages import compose

from mail import outbox
from mail.attempt import GivenUp, Postponed, Sent, Unreachable
from mail.message.compose import Render
from mail.reports import Reports
from models import OutgoingMail

_LEASE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _told(caplog):
    caplog.set_level("INFO", "connectx.mail")


def lines(caplog) -> list[tuple[str, str]]:
    return [
        (one.levelname, one.getMessage()) for one in caplog.records if one.name == "connectx.mail"
    ]


async def deliver(smtp, clock, meanwhile: Callable[[OutgoingMail], Awaitable[object]]) -> None:
    """Delivers a batch whose look-up takes half of the lease, while something else happens."""

    async def slow(mails: Sequence[OutgoingMail]) -> Mapping[UUID, Render]:
        for mail in mails:
            await meanwhile(mail)
        clock.now += _LEASE / 2
        return await compose(mails)

    await worker(smtp.transport(), clock, compose=slow, lease=_LEASE).deliver_due()


async def test_a_mail_that_was_deleted_is_not_called_another_workers(database, smtp, clock, caplog):
    [mail] = await queue(clock, "ada@example.com")

    await deliver(smtp, clock, lambda claimed: claimed.delete())

    assert lines(caplog) == [("INFO", f"mail {mail.id}: deleted before it was sent")]
    assert smtp.envelopes == []


async def test_a_mail_that_another_worker_has_claimed_is_told(database, smtp, clock, caplog):
    [mail] = await queue(clock, "ada@example.com")

    async def take(claimed: OutgoingMail) -> None:
        await OutgoingMail.filter(id=claimed.id).update(claimed_by=UUID(int=1))

    await deliver(smtp, clock, take)

    assert lines(caplog) == [("WARNING", f"mail {mail.id}: another worker has claimed it")]
    assert smtp.envelopes == []


@pytest.mark.parametrize("outcome", [Postponed("full"), Unreachable("away"), GivenUp("no such")])
async def test_no_mail_is_called_postponed_or_given_up_that_is_not_this_workers(
    database, clock, caplog, outcome
):
    await queue(clock, "ada@example.com", "bob@example.com", "eve@example.com")
    deleted, taken, own = await outbox.claim(limit=3, now=clock(), until=clock() + _LEASE)
    await OutgoingMail.filter(id=deleted.id).delete()
    await OutgoingMail.filter(id=taken.id).update(claimed_by=UUID(int=1))
    reports = Reports(clock=clock, randomness=lambda: 0.5)

    for mail in (deleted, taken, own):
        await reports.report(mail, outcome)

    *lost, (_, told) = lines(caplog)
    assert lost == [
        ("INFO", f"mail {deleted.id}: deleted before it was sent"),
        ("WARNING", f"mail {taken.id}: another worker has claimed it"),
    ]
    assert told.startswith(f"mail {own.id}: ")
    assert told.endswith(f", {outcome.reason}")
    assert (await OutgoingMail.get(id=taken.id)).last_error is None


async def test_a_mail_that_was_deleted_after_it_was_sent_is_no_warning(database, clock, caplog):
    await queue(clock, "ada@example.com", "bob@example.com")
    deleted, kept = await outbox.claim(limit=2, now=clock(), until=clock() + _LEASE)
    reports = Reports(clock=clock, randomness=lambda: 0.5)
    for mail in (deleted, kept):
        await reports.report(mail, Sent())
    await OutgoingMail.filter(id=deleted.id).delete()
    await OutgoingMail.filter(id=kept.id).update(claimed_by=UUID(int=1))
    clock.now += _LEASE

    await reports.record_sent()
    await reports.record_sent()

    assert lines(caplog) == [
        ("INFO", f"mail {deleted.id}: sent, and deleted since"),
        (
            "WARNING",
            f"mail {kept.id}: sent, and not recorded: its row is locked, or another worker's",
        ),
    ]
