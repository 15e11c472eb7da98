"""Sent mails are recorded together, and one that cannot be recorded holds up no other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import asyncpg
import pytest
from harness.locks import until_a_statement_waits
from harness.mail_worker import eventually, queue, running, worker

from mail import outbox
from models import MailState, OutgoingMail
from models.configuration import Pool
from models.sql.database import connected, fetch

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

WRITERS = "SELECT count(DISTINCT xmin::text) AS n FROM outgoing_mails WHERE state = 'sent'"


@pytest.fixture
async def impatient(database_url: str) -> AsyncIterator[None]:
    """The models, whose statements wait for a second at most."""
    async with connected(database_url, Pool(timeout=1)):
        yield


@asynccontextmanager
async def held(database_url: str, statement: str, *values: object) -> AsyncIterator[None]:
    """What the statement locks, for as long as the block runs."""
    holder = await asyncpg.connect(database_url)
    try:
        async with holder.transaction():
            await holder.execute(statement, *values)
            yield
    finally:
        await holder.close()


async def claimed(clock, count: int) -> list[OutgoingMail]:
    await queue(clock, *(f"p{number}@example.com" for number in range(count)))
    return await outbox.claim(limit=count, now=clock(), until=clock() + timedelta(minutes=1))


async def sent() -> list[str]:
    mails = await OutgoingMail.filter(state=MailState.SENT)
    return sorted(mail.recipient for mail in mails)


async def test_the_mails_of_a_batch_are_recorded_by_one_statement(database, smtp, clock):
    await queue(clock, *(f"p{number}@example.com" for number in range(20)))

    await worker(smtp.transport(), clock).deliver_due()

    assert [dict(row) for row in await fetch(WRITERS)] == [{"n": 1}]
    assert len(await sent()) == 20


async def test_of_mails_that_are_recorded_together_only_those_of_the_claim_are(database, clock):
    first, second = await claimed(clock, 2)
    clock.advance(minutes=2)
    [other] = await outbox.claim(limit=1, now=clock(), until=clock() + timedelta(minutes=1))
    [ours] = {first.id, second.id} - {other.id}

    assert await outbox.record_sent([first, second], now=clock()) == {ours}


async def test_mails_of_several_claims_are_recorded_together(database, clock):
    [first] = await claimed(clock, 1)
    [second] = await claimed(clock, 1)

    assert await outbox.record_sent([first, second], now=clock()) == {first.id, second.id}


async def test_no_more_than_a_batch_arrives_before_it_is_recorded(
    database, smtp, database_url, clock
):
    await queue(clock, *(f"p{number:02}@example.com" for number in range(40)))
    smtp.open.clear()
    async with running(worker(smtp.transport(), clock)):
        await eventually(smtp.at_data.is_set)
        async with held(database_url, "LOCK TABLE outgoing_mails"):
            smtp.open.set()
            await asyncio.to_thread(until_a_statement_waits, database_url)
            assert len(smtp.envelopes) == 20
        await eventually(lambda: len(smtp.envelopes) == 40)

    assert len(await sent()) == 40


async def test_a_mail_whose_row_is_locked_holds_up_no_other(
    impatient, smtp, clock, database_url, caplog
):
    locked, _, _ = await queue(clock, "a@example.com", "b@example.com", "c@example.com")
    smtp.open.clear()
    async with running(worker(smtp.transport(), clock)):
        await eventually(smtp.at_data.is_set)
        lock = "SELECT FROM outgoing_mails WHERE id = $1 FOR UPDATE"
        async with held(database_url, lock, locked.id):
            smtp.open.set()
            await queue(clock, "d@example.com")
            await eventually(lambda: "d@example.com" in smtp.recipients)
            clock.advance(minutes=3)
            await eventually(lambda: f"mail {locked.id}: sent, and not recorded" in caplog.text)

            # While the row is locked: once it is not, its lease has ended and it is sent again.
            assert sorted(smtp.recipients) == [f"{name}@example.com" for name in "abcd"]
            assert await sent() == ["b@example.com", "c@example.com", "d@example.com"]
