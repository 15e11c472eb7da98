"""The loop that sends what is queued, and how it ends."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import NoReturn

import pytest
from harness.mail_worker import eventually, queue, running, worker
from hypothesis import given
from hypothesis import strategies as st

from mail.attempt import LONGEST, retry_delay
from mail.worker import WorkerOptions
from models import MailState, OutgoingMail

pytestmark = pytest.mark.slow


async def test_the_loop_sends_what_is_queued_while_it_runs(database, smtp, clock):
    delivery = worker(smtp.transport(), clock, poll=60)
    async with running(delivery):
        await queue(clock, "ada@example.com")

        delivery.wake()

        await eventually(lambda: len(smtp.envelopes) == 1)


async def test_the_loop_finds_by_itself_what_another_process_has_queued(database, smtp, clock):
    async with running(worker(smtp.transport(), clock)):
        await queue(clock, "ada@example.com")

        await eventually(lambda: len(smtp.envelopes) == 1)


async def test_the_loop_outlives_an_outage_of_the_database(database, smtp, clock, caplog):
    await OutgoingMail.raw("ALTER TABLE outgoing_mails RENAME TO elsewhere")
    async with running(worker(smtp.transport(), clock)):
        await eventually(lambda: "the outbox is not available: OperationalError" in caplog.text)
        await OutgoingMail.raw("ALTER TABLE elsewhere RENAME TO outgoing_mails")

        await queue(clock, "ada@example.com")

        await eventually(lambda: len(smtp.envelopes) == 1)


async def test_what_arrives_while_the_database_is_away_is_recorded_later_and_sent_once(
    database, smtp, clock, caplog
):
    caplog.set_level("INFO", "connectx.mail")
    [mail] = await queue(clock, "ada@example.com")
    smtp.open.clear()
    async with running(worker(smtp.transport(), clock)):
        await eventually(smtp.at_data.is_set)
        await OutgoingMail.raw("ALTER TABLE outgoing_mails RENAME TO elsewhere")
        smtp.open.set()
        await eventually(lambda: "the outbox is not available: OperationalError" in caplog.text)
        clock.advance(minutes=3)  # its lease is over
        await OutgoingMail.raw("ALTER TABLE elsewhere RENAME TO outgoing_mails")

        await eventually(lambda: f"mail {mail.id}: sent, attempt 1" in caplog.messages)

    assert smtp.recipients == ["ada@example.com"]
    [mail] = await OutgoingMail.all()
    assert mail.state is MailState.SENT


async def test_a_loop_ends_also_if_a_mail_wakes_it_at_the_moment_of_the_stop(
    database, smtp, clock, monkeypatch
):
    idle = asyncio.Event()

    async def nothing_due(**_: object) -> list[OutgoingMail]:
        idle.set()
        return []

    monkeypatch.setattr("mail.outbox.claim", nothing_due)
    delivery = worker(smtp.transport(), clock, poll=60)
    loop = asyncio.create_task(delivery.run())
    await idle.wait()
    for _ in range(20):  # steps of the loop until it waits for the next mail
        await asyncio.sleep(0)

    delivery.wake()
    loop.cancel()

    async with asyncio.timeout(5):
        await asyncio.wait({loop})
    assert loop.cancelled()


async def test_a_stopped_loop_finishes_one_mail_and_gives_the_others_back(database, smtp, clock):
    await queue(clock, "a@example.com", "b@example.com", "c@example.com")
    smtp.open.clear()
    loop = asyncio.create_task(worker(smtp.transport(), clock).run())
    await eventually(smtp.at_data.is_set)

    loop.cancel()
    smtp.open.set()
    with suppress(asyncio.CancelledError):
        await loop

    assert smtp.recipients == ["a@example.com"]
    rest = await OutgoingMail.filter(state=MailState.QUEUED).order_by("created_at", "id")
    assert [(mail.recipient, mail.attempts) for mail in rest] == [
        ("b@example.com", 0),
        ("c@example.com", 0),
    ]
    assert [(mail.claimed_by, mail.due_at) for mail in rest] == [(None, clock())] * 2


async def test_a_loop_that_is_stopped_while_the_database_is_away_ends(database, smtp, clock):
    await queue(clock, "a@example.com", "b@example.com")
    smtp.open.clear()
    loop = asyncio.create_task(worker(smtp.transport(), clock).run())
    await eventually(smtp.at_data.is_set)
    await OutgoingMail.raw("ALTER TABLE outgoing_mails RENAME TO elsewhere")

    loop.cancel()
    smtp.open.set()
    await asyncio.wait({loop}, timeout=10)

    assert loop.cancelled()


async def test_a_loop_that_is_stopped_while_it_looks_mails_up_gives_them_back(
    database, smtp, clock
):
    await queue(clock, "a@example.com", "b@example.com")
    asked = asyncio.Event()

    async def for_ever(_: Sequence[OutgoingMail]) -> NoReturn:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError

    loop = asyncio.create_task(worker(smtp.transport(), clock, compose=for_ever).run())
    await eventually(asked.is_set)

    loop.cancel()
    await asyncio.wait({loop}, timeout=10)

    assert loop.cancelled()
    mails = await OutgoingMail.all()
    assert [(mail.claimed_by, mail.attempts) for mail in mails] == [(None, 0)] * 2


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_a_delay_doubles_up_to_an_hour_and_half_of_it_is_chance(attempts, chance):
    full = min(timedelta(seconds=5) * 2 ** min(attempts - 1, 20), timedelta(hours=1))

    assert full / 2 <= retry_delay(attempts, lambda: chance) <= full <= LONGEST


@pytest.mark.parametrize(("left", "seconds"), [(0, 0), (1, 0.1), (5, 0.5), (10, 1), (500, 1)])
def test_mails_wait_for_one_another_the_longer_the_more_have_just_left(left, seconds):
    assert WorkerOptions().rest_after(left) == pytest.approx(seconds)


async def test_mails_that_come_after_others_leave_together(database, smtp, clock):
    delivery = worker(smtp.transport(), clock, rest=3, longest_rest=3)
    async with running(delivery):
        await queue(clock, "first@example.com")
        delivery.wake()
        await eventually(lambda: len(smtp.envelopes) == 1)
        for name in ("ada", "grace", "joan"):
            await queue(clock, f"{name}@example.com")
            delivery.wake()
            for _ in range(15):  # as many turns of the loop in which it could leave alone
                await OutgoingMail.all()

        await eventually(lambda: len(smtp.envelopes) == 4)

    claims = {mail.recipient: mail.claimed_by for mail in await OutgoingMail.all()}
    assert len({claims[f"{name}@example.com"] for name in ("ada", "grace", "joan")}) == 1
