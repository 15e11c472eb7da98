"""A worker with more mails than one batch, and trouble on the way."""

from delivering import eventually, queue, running, worker

from models import OutgoingMail

# Two mails that no statement can claim together.
APART = """
CREATE UNIQUE INDEX apart ON outgoing_mails (attempts)
WHERE recipient LIKE 'apart%' AND attempts = 1
"""


async def test_a_claim_that_fails_cuts_off_no_mail_that_is_on_its_way(database, office, clock):
    people = [f"p{number}@example.com" for number in range(7)]
    await queue(clock, *people)
    clock.advance(seconds=1)
    await queue(clock, "apart1@example.com", "apart2@example.com")
    await OutgoingMail.raw(APART)
    office.held = {people[0]}
    office.open.clear()
    office.when_given = lambda: office.open.set() if len(office.envelopes) == 6 else None

    claimed = await worker(office.transport(), clock, batch_size=7, sessions=2).deliver_once()

    assert claimed == 7
    assert office.recipients == [*people[1:], people[0]]
    left = await OutgoingMail.filter(recipient__startswith="apart")
    assert [(mail.state, mail.claimed_by, mail.attempts) for mail in left] == [
        ("queued", None, 0),
    ] * 2


async def test_a_session_that_was_refused_once_helps_again_before_a_backlog_is_gone(
    database, office, clock
):
    await queue(clock, *(f"p{number:02}@example.com" for number in range(60)))
    office.most_connections = 1

    def more_are_allowed() -> None:
        office.most_connections = 1_000

    office.when_given = more_are_allowed
    async with running(worker(office.transport(), clock, batch_size=10, sessions=2)):
        # One is tried again later: that with which the second session was refused.
        await eventually(lambda: len(office.envelopes) == 59)

    assert len(set(office.peers)) == 2
