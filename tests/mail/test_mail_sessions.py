"""How many sessions with the mail server the mails take."""

import time
from datetime import timedelta

import pytest
from harness.mail_worker import eventually, queue, running, states, worker

from models import MailState, OutgoingMail

PEOPLE = [f"p{number}@example.com" for number in range(250)]


async def test_mails_that_come_one_after_the_other_share_a_session(database, smtp, clock):
    delivery = worker(smtp.transport(), clock, poll=60)
    async with running(delivery):
        for count, person in enumerate(PEOPLE[:5], start=1):
            await queue(clock, person)
            delivery.wake()
            await eventually(lambda count=count: len(smtp.envelopes) == count)

    assert smtp.connections == 1


async def test_a_session_that_nobody_needs_any_more_is_closed(database, smtp, clock):
    async with running(worker(smtp.transport(), clock, poll=0.01)):
        await queue(clock, "ada@example.com")
        await eventually(lambda: smtp.goodbyes == 1)

        await queue(clock, "bob@example.com")
        await eventually(lambda: smtp.goodbyes == 2)

    assert (len(smtp.envelopes), smtp.connections) == (2, 2)


async def test_a_backlog_leaves_over_four_sessions_at_once(database, smtp, clock):
    await queue(clock, *PEOPLE[:20])
    smtp.open.clear()

    async with running(worker(smtp.transport(), clock)):
        await eventually(lambda: smtp.connections == 4)
        smtp.open.set()
        await eventually(lambda: len(smtp.envelopes) == 20)

    assert sorted(smtp.recipients) == sorted(PEOPLE[:20])


async def test_a_server_that_ends_a_session_gets_the_mail_in_the_next_at_once(
    database, smtp, clock
):
    smtp.mails_in_a_session = 3
    await queue(clock, *PEOPLE[:10])

    await worker(smtp.transport(), clock, sessions=1).deliver_due()

    assert smtp.recipients == PEOPLE[:10]
    assert set((await states()).values()) == {"sent"}
    assert smtp.connections == 4


async def test_a_server_that_allows_one_session_gets_all_mails_over_that(database, smtp, clock):
    smtp.most_connections = 1
    people = PEOPLE[:20]
    await queue(clock, *people)

    await worker(smtp.transport(), clock).deliver_due()

    late = await OutgoingMail.filter(state=MailState.QUEUED)
    assert len(smtp.envelopes) == 17, "one mail for each session that was refused waits"
    assert {*smtp.recipients, *(mail.recipient for mail in late)} == set(people)
    assert {mail.due_at > clock() for mail in late} == {True}


async def test_a_server_that_will_not_begin_is_not_asked_twice(database, smtp, clock):
    smtp.mails_in_a_session = 0
    [mail] = await queue(clock, "ada@example.com")

    await worker(smtp.transport(), clock).deliver_due()

    await mail.refresh_from_db()
    assert smtp.connections == 1
    assert mail.due_at > clock()
    assert mail.last_error == (
        "SMTPSenderRefused: 421 4.7.0 mx.example has had enough of this session"
    )


@pytest.mark.slow
async def test_a_session_ends_after_a_hundred_mails(database, smtp, clock):
    await queue(clock, *PEOPLE)

    async with running(worker(smtp.transport(), clock, sessions=1)):
        await eventually(lambda: len(smtp.envelopes) == 250)

    assert smtp.connections == 3
    assert sorted(smtp.recipients) == sorted(PEOPLE)


@pytest.mark.slow
async def test_a_server_that_answers_no_goodbye_holds_up_the_end_only_once(database, smtp, clock):
    smtp.answers_goodbyes.clear()
    await queue(clock, *PEOPLE[:20])
    async with running(worker(smtp.transport(), clock, poll=60)):
        await eventually(lambda: len(smtp.envelopes) == 20)
        begun = time.monotonic()

    assert smtp.goodbyes == 4
    assert time.monotonic() - begun < 4
    smtp.answers_goodbyes.set()


async def test_a_lease_is_renewed_only_once_a_quarter_of_it_is_gone(database, smtp, clock):
    lease = timedelta(minutes=2)
    mails = await queue(clock, "a@example.com", "b@example.com", "c@example.com")
    begun = clock()
    smtp.when_given = lambda: clock.advance(seconds=20)

    await worker(smtp.transport(), clock, lease=lease).deliver_due()

    for mail in mails:
        await mail.refresh_from_db()
    assert [mail.due_at - begun for mail in mails] == [
        lease,
        lease,
        lease + timedelta(seconds=40),
    ]
