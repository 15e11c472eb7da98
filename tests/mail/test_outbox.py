"""The queue of mails: each leaves once, whoever works on it and whatever becomes of them."""

import asyncio
from datetime import timedelta

from harness.mail_worker import eventually, queue, states, worker
from harness.smtp_server import smtp_server

from mail import outbox
from mail.worker import MailWorker
from models import MailState, OutgoingMail


async def test_a_mail_is_sent_once_and_marked_sent(database, smtp, clock):
    [mail] = await queue(clock, "ada@example.com")
    delivery = worker(smtp.transport(), clock)

    assert [await delivery.deliver_due(), await delivery.deliver_due()] == [1, 0]

    await mail.refresh_from_db()
    assert smtp.recipients == ["ada@example.com"]
    assert (mail.state, mail.sent_at, mail.attempts) == (MailState.SENT, clock(), 1)
    assert mail.last_error is None


async def test_many_workers_send_each_mail_once(database, smtp, clock):
    people = [f"p{number}@example.com" for number in range(40)]
    await queue(clock, *people)
    workers = [worker(smtp.transport(), clock, batch_size=3) for _ in range(8)]

    async def drain(delivery: MailWorker) -> None:
        while await delivery.deliver_due():
            pass

    await asyncio.gather(*map(drain, workers))

    assert sorted(smtp.recipients) == sorted(people)


async def test_claims_that_meet_share_no_mail(database, clock):
    mails = await queue(clock, *(f"p{number}@example.com" for number in range(40)))

    batches = await asyncio.gather(
        *(outbox.claim(limit=4, now=clock(), until=clock() + timedelta(minutes=1)) for _ in mails)
    )

    claimed = [mail.id for batch in batches for mail in batch]
    assert max(map(len, batches)) == 4
    assert sorted(claimed) == sorted(mail.id for mail in mails)
    assert {mail.attempts for mail in await OutgoingMail.all()} == {1}


async def test_a_few_mails_use_one_connection(database, smtp, clock):
    await queue(clock, *(f"p{number}@example.com" for number in range(5)))

    await worker(smtp.transport(), clock).deliver_due()

    assert (len(smtp.envelopes), smtp.connections) == (5, 1)


async def test_an_empty_queue_opens_no_connection(database, smtp, clock):
    assert await worker(smtp.transport(), clock).deliver_due() == 0
    assert smtp.connections == 0


async def test_a_decoy_never_leaves(database, smtp, clock):
    [mail] = await queue(clock, "ada@example.com")
    await OutgoingMail.filter(id=mail.id).update(state=MailState.DECOY)

    assert await worker(smtp.transport(), clock).deliver_due() == 0


async def test_a_mail_arrives_when_the_server_accepts_after_refusing(database, smtp, clock):
    [mail] = await queue(clock, "ada@example.com")
    delivery = worker(smtp.transport(), clock)
    smtp.refused["*"] = "451 4.7.1 Greylisted, come back later"
    for _ in range(3):
        assert await delivery.deliver_due() == 1
        assert await delivery.deliver_due() == 0  # not before the next try is due
        clock.advance(minutes=2)
    await mail.refresh_from_db()
    assert mail.last_error == "SMTPRecipientRefused: 451 4.7.1 Greylisted, come back later"
    smtp.refused.clear()

    await delivery.deliver_due()

    await mail.refresh_from_db()
    assert smtp.recipients == ["ada@example.com"]
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.SENT, 4, None)


async def test_a_mail_that_is_refused_for_24_hours_is_kept_as_failed(database, smtp, clock):
    [mail] = await queue(clock, "ada@example.com")
    delivery = worker(smtp.transport(), clock)
    smtp.refused["*"] = "552 5.2.2 Mailbox full"
    started = clock()
    while mail.state is MailState.QUEUED:
        clock.now = mail.due_at
        await delivery.deliver_due()
        await mail.refresh_from_db()

    assert timedelta(hours=22) < clock() - started < timedelta(hours=24)
    assert mail.state is MailState.FAILED
    assert mail.last_error == "SMTPRecipientRefused: 552 5.2.2 Mailbox full"


async def test_a_mail_found_after_24_hours_does_not_leave_any_more(database, smtp, clock):
    await queue(clock, "ada@example.com")
    clock.advance(hours=24)

    await worker(smtp.transport(), clock).deliver_due()

    assert smtp.connections == 0
    assert await states() == {"ada@example.com": "failed"}


async def test_a_worker_that_died_gives_its_mails_back_when_the_lease_ends(database, smtp, clock):
    [mail] = await queue(clock, "ada@example.com")
    lease = timedelta(minutes=2)
    await outbox.claim(limit=1, now=clock(), until=clock() + lease)
    delivery = worker(smtp.transport(), clock)
    clock.now += lease - timedelta(seconds=1)
    assert await delivery.deliver_due() == 0
    clock.advance(seconds=1)

    assert await delivery.deliver_due() == 1

    await mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.SENT, 2)


async def test_a_late_report_of_an_older_claim_changes_nothing(database, smtp, clock):
    await queue(clock, "ada@example.com")
    [old] = await outbox.claim(limit=1, now=clock(), until=clock())
    [new] = await outbox.claim(limit=1, now=clock(), until=clock() + timedelta(minutes=1))

    assert not await outbox.renew(old, until=clock())
    assert not await outbox.postpone(old, due_at=clock(), reason="late")
    assert not await outbox.fail(old, reason="late")
    assert not await outbox.record_sent([old, old], now=clock())
    await outbox.give_back([old], now=clock())

    mail = await OutgoingMail.get(id=new.id)
    assert (mail.claimed_by, mail.state, mail.attempts) == (new.claimed_by, MailState.QUEUED, 2)
    assert await outbox.record_sent([new], now=clock()) == {new.id}


async def test_a_report_whose_answer_was_lost_may_be_made_again(database, smtp, clock):
    await queue(clock, "ada@example.com", "grace@example.com")
    mails = await outbox.claim(limit=2, now=clock(), until=clock() + timedelta(minutes=1))
    ids = {mail.id for mail in mails}

    assert await outbox.record_sent(mails, now=clock()) == ids
    assert await outbox.record_sent(mails, now=clock()) == ids

    assert await outbox.claim(limit=2, now=clock(), until=clock()) == []


async def test_a_slow_worker_skips_what_another_one_has_taken_over(database, smtp, clock):
    await queue(clock, "first@example.com", "second@example.com")
    smtp.open.clear()
    slow = asyncio.create_task(worker(smtp.transport(), clock).deliver_due())
    await eventually(smtp.at_data.is_set)
    clock.advance(minutes=3)
    async with smtp_server() as other:
        await worker(other.transport(), clock).deliver_due()
        assert other.recipients == ["first@example.com", "second@example.com"]
    smtp.open.set()
    await slow

    assert smtp.recipients == ["first@example.com"]  # was on its way when the lease ended
