"""How many sessions with the mail server the mails take."""

import time
from datetime import timedelta

import pytest
from harness.mail_worker import eventually, queue, running, states, worker

from models import MailState, OutgoingMail

PEOPLE = [f"p{number}@example.com" for number in range(250)]


async def test_mails_that_come_one_after_the_other_share_a_session(database, office, clock):
    delivery = worker(office.transport(), clock, poll=60)
    async with running(delivery):
        for count, person in enumerate(PEOPLE[:5], start=1):
            await queue(clock, person)
            delivery.wake()
            await eventually(lambda count=count: len(office.envelopes) == count)

    assert office.connections == 1


async def test_a_session_that_nobody_needs_any_more_is_closed(database, office, clock):
    async with running(worker(office.transport(), clock, poll=0.01)):
        await queue(clock, "ada@example.com")
        await eventually(lambda: office.goodbyes == 1)

        await queue(clock, "bob@example.com")
        await eventually(lambda: office.goodbyes == 2)

    assert (len(office.envelopes), office.connections) == (2, 2)


async def test_a_backlog_leaves_over_four_sessions_at_once(database, office, clock):
    await queue(clock, *PEOPLE[:20])
    office.open.clear()

    async with running(worker(office.transport(), clock)):
        await eventually(lambda: office.connections == 4)
        office.open.set()
        await eventually(lambda: len(office.envelopes) == 20)

    assert sorted(office.recipients) == sorted(PEOPLE[:20])


async def test_a_server_that_ends_a_session_gets_the_mail_in_the_next_at_once(
    database, office, clock
):
    office.mails_in_a_session = 3
    await queue(clock, *PEOPLE[:10])

    await worker(office.transport(), clock, sessions=1).deliver_due()

    assert office.recipients == PEOPLE[:10]
    assert set((await states()).values()) == {"sent"}
    assert office.connections == 4


async def test_a_server_that_allows_one_session_gets_all_mails_over_that(database, office, clock):
    office.most_connections = 1
    people = PEOPLE[:20]
    await queue(clock, *people)

    await worker(office.transport(), clock).deliver_due()

    late = await OutgoingMail.filter(state=MailState.QUEUED)
    assert len(office.envelopes) == 17, "one mail for each session that was refused waits"
    assert {*office.recipients, *(mail.recipient for mail in late)} == set(people)
    assert {mail.due_at > clock() for mail in late} == {True}


async def test_a_server_that_will_not_begin_is_not_asked_twice(database, office, clock):
    office.mails_in_a_session = 0
    [mail] = await queue(clock, "ada@example.com")

    await worker(office.transport(), clock).deliver_due()

    await mail.refresh_from_db()
    assert office.connections == 1
    assert mail.due_at > clock()
    assert mail.last_error == (
        "SMTPSenderRefused: 421 4.7.0 mx.example has had enough of this session"
    )


@pytest.mark.slow
async def test_a_session_ends_after_a_hundred_mails(database, office, clock):
    await queue(clock, *PEOPLE)

    async with running(worker(office.transport(), clock, sessions=1)):
        await eventually(lambda: len(office.envelopes) == 250)

    assert office.connections == 3
    assert sorted(office.recipients) == sorted(PEOPLE)


@pytest.mark.slow
async def test_a_server_that_answers_no_goodbye_holds_up_the_end_only_once(database, office, clock):
    office.answers_goodbyes.clear()
    await queue(clock, *PEOPLE[:20])
    async with running(worker(office.transport(), clock, poll=60)):
        await eventually(lambda: len(office.envelopes) == 20)
        begun = time.monotonic()

    assert office.goodbyes == 4
    assert time.monotonic() - begun < 4
    office.answers_goodbyes.set()


async def test_a_lease_is_renewed_only_once_a_quarter_of_it_is_gone(database, office, clock):
    lease = timedelta(minutes=2)
    mails = await queue(clock, "a@example.com", "b@example.com", "c@example.com")
    begun = clock()
    office.when_given = lambda: clock.advance(seconds=20)

    await worker(office.transport(), clock, lease=lease).deliver_due()

    for mail in mails:
        await mail.refresh_from_db()
    assert [mail.due_at - begun for mail in mails] == [
        lease,
        lease,
        lease + timedelta(seconds=40),
    ]
