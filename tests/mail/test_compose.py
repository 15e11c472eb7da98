"""What mails say is looked up for many at once, and no letter is older than it should be."""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

from harness.mail_worker import queue, states, worker
from harness.messages import compose, draft

from mail.mail_transport import Message
from mail.message.compose import Render
from models import OutgoingMail


async def test_a_batch_is_looked_up_together(database, smtp, clock):
    people = [f"p{number}@example.com" for number in range(4)]
    await queue(clock, *people)
    asked: list[list[str]] = []

    async def asking(mails: Sequence[OutgoingMail]) -> Mapping[UUID, Render]:
        asked.append([mail.recipient for mail in mails])
        return await compose(mails)

    await worker(smtp.transport(), clock, compose=asking).deliver_due()

    assert asked == [people]
    assert sorted(smtp.recipients) == people


async def test_a_mail_that_waited_for_a_slow_one_is_looked_up_again(database, smtp, clock):
    await queue(clock, "slow@example.com", "late@example.com", "gone@example.com")
    asked: list[list[str]] = []

    def slowly(mail: OutgoingMail) -> Message:
        if mail.recipient == "slow@example.com":
            clock.advance(seconds=2)
        return draft(mail)

    async def asking(mails: Sequence[OutgoingMail]) -> Mapping[UUID, Render]:
        asked.append([mail.recipient for mail in mails])
        there = mails if len(asked) == 1 else [m for m in mails if m.recipient[:4] != "gone"]
        return {mail.id: lambda mail=mail: slowly(mail) for mail in there}

    await worker(smtp.transport(), clock, compose=asking, sessions=1).deliver_due()

    everyone = ["slow@example.com", "late@example.com", "gone@example.com"]
    assert asked == [everyone, ["late@example.com"], ["gone@example.com"]]
    assert smtp.recipients == ["slow@example.com", "late@example.com"]
    assert (await states())["gone@example.com"] == "failed"


async def test_a_mail_that_nothing_can_be_told_of_stops_no_other(database, smtp, clock):
    await queue(clock, "a@example.com", "bad@example.com", "c@example.com")

    async def failing(mails: Sequence[OutgoingMail]) -> Mapping[UUID, Render]:
        if any(mail.recipient.startswith("bad") for mail in mails):
            raise ValueError("a row that was changed by hand")
        return await compose(mails)

    await worker(smtp.transport(), clock, compose=failing).deliver_due()

    assert sorted(smtp.recipients) == ["a@example.com", "c@example.com"]
    assert (await states())["bad@example.com"] == "queued"


async def test_a_backlog_is_claimed_batch_by_batch_until_none_is_left(database, smtp, clock):
    people = [f"p{number:02}@example.com" for number in range(20)]
    await queue(clock, *people)
    asked: list[int] = []

    async def counting(mails: Sequence[OutgoingMail]) -> Mapping[UUID, Render]:
        asked.append(len(mails))
        return await compose(mails)

    delivery = worker(smtp.transport(), clock, compose=counting, batch_size=7)
    claimed = await delivery.deliver_due()

    assert (claimed, asked) == (20, [7, 7, 6])
    assert sorted(smtp.recipients) == people


async def test_a_worker_that_is_stopped_gives_back_what_it_has_from_any_of_its_claims(
    database, smtp, clock
):
    people = [f"p{number:02}@example.com" for number in range(20)]
    await queue(clock, *people)

    def fourth_stops(mail: OutgoingMail) -> Message:
        if mail.recipient == people[3]:
            delivering.cancel()
        return draft(mail)

    async def stopping(mails: Sequence[OutgoingMail]) -> Mapping[UUID, Render]:
        return {mail.id: lambda mail=mail: fourth_stops(mail) for mail in mails}

    delivery = worker(smtp.transport(), clock, compose=stopping, batch_size=7, sessions=1)
    delivering = asyncio.create_task(delivery.deliver_due())
    await asyncio.wait({delivering})

    left = await OutgoingMail.filter(recipient__in=people[4:])
    assert smtp.recipients == people[:4]
    assert {(mail.claimed_by, mail.attempts) for mail in left} == {(None, 0)}
