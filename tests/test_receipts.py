"""Mails that have arrived are recorded together, and one that cannot be holds up no other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import asyncpg
import pytest
from delivering import eventually, queue, running, worker

from mail import claims
from mail.receipts import Receipts
from models import MailState, OutgoingMail
from models.configuration import Pool
from models.database import connected, fetch

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
    return await claims.claim(limit=count, now=clock(), until=clock() + timedelta(minutes=1))


async def sent() -> list[str]:
    mails = await OutgoingMail.filter(state=MailState.SENT)
    return sorted(mail.recipient for mail in mails)


async def test_mails_that_arrive_together_are_recorded_by_one_statement(database, clock):
    receipts = Receipts(clock=clock)
    arrived_at = clock()
    for mail in await claimed(clock, 5):
        await receipts.note(mail)
    clock.advance(minutes=1)
    await receipts.settle()

    assert [dict(row) for row in await fetch(WRITERS)] == [{"n": 1}]
    assert {mail.sent_at for mail in await OutgoingMail.all()} == {arrived_at}


async def test_mails_are_recorded_without_being_asked_for_it(database, clock):
    receipts = Receipts(clock=clock)
    for mail in await claimed(clock, 2):
        await receipts.note(mail)

    async with asyncio.timeout(10):
        while await sent() != ["p0@example.com", "p1@example.com"]:
            pass


async def test_of_mails_that_are_recorded_together_only_those_of_the_claim_are(database, clock):
    first, second = await claimed(clock, 2)
    clock.advance(minutes=2)
    [other] = await claims.claim(limit=1, now=clock(), until=clock() + timedelta(minutes=1))
    [ours] = {first.id, second.id} - {other.id}

    assert await claims.report_all_sent([first, second], now=clock()) == {ours}


async def test_no_more_than_a_batch_arrives_before_it_is_recorded(database, database_url, clock):
    receipts = Receipts(clock=clock)
    mails = await claimed(clock, 20)
    async with held(database_url, "LOCK TABLE outgoing_mails"):
        for mail in mails[:19]:
            await receipts.note(mail)
        noting = asyncio.create_task(receipts.note(mails[19]))
        await asyncio.wait({noting}, timeout=0.3)
        assert not noting.done()

    await noting
    await receipts.settle()
    assert len(await sent()) == 20


async def test_a_mail_whose_row_is_locked_holds_up_no_other(
    impatient, office, clock, database_url, caplog
):
    locked, _, _ = await queue(clock, "a@example.com", "b@example.com", "c@example.com")
    office.open.clear()
    async with running(worker(office.transport(), clock)):
        await eventually(office.at_data.is_set)
        lock = "SELECT FROM outgoing_mails WHERE id = $1 FOR UPDATE"
        async with held(database_url, lock, locked.id):
            office.open.set()
            await eventually(lambda: "cannot be recorded" in caplog.text)
            await queue(clock, "d@example.com")
            await eventually(lambda: "d@example.com" in office.recipients)

    assert sorted(office.recipients) == [f"{name}@example.com" for name in "abcd"]
    assert await sent() == ["b@example.com", "c@example.com", "d@example.com"]
    assert f"mail {locked.id}: sent, and will be again, as that cannot be recorded" in caplog.text
