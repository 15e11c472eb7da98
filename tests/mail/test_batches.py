"""A worker with more mails than one batch, and trouble on the way."""

import pytest
from harness.mail_worker import eventually, queue, running, states, worker
from tortoise.exceptions import IntegrityError

from models import OutgoingMail

# Two mails that no statement can claim together.
APART = """
CREATE UNIQUE INDEX apart ON outgoing_mails (attempts)
WHERE recipient LIKE 'apart%' AND attempts = 1
"""


async def test_a_claim_that_fails_leaves_recorded_what_was_sent_before(database, smtp, clock):
    people = [f"p{number}@example.com" for number in range(7)]
    await queue(clock, *people)
    clock.advance(seconds=1)
    await queue(clock, "apart1@example.com", "apart2@example.com")
    await OutgoingMail.raw(APART)

    with pytest.raises(IntegrityError):
        await worker(smtp.transport(), clock, batch_size=7, sessions=2).deliver_due()

    assert sorted(smtp.recipients) == people
    assert await states() == {
        **dict.fromkeys(people, "sent"),
        **dict.fromkeys(["apart1@example.com", "apart2@example.com"], "queued"),
    }
    left = await OutgoingMail.filter(recipient__startswith="apart")
    assert [(mail.claimed_by, mail.attempts) for mail in left] == [(None, 0)] * 2


async def test_a_session_that_was_refused_once_helps_again_before_a_backlog_is_gone(
    database, smtp, clock
):
    await queue(clock, *(f"p{number:02}@example.com" for number in range(60)))
    smtp.most_connections = 1

    def more_are_allowed() -> None:
        smtp.most_connections = 1_000

    smtp.when_given = more_are_allowed
    async with running(worker(smtp.transport(), clock, batch_size=10, sessions=2)):
        # One is tried again later: that with which the second session was refused.
        await eventually(lambda: len(smtp.envelopes) == 59)

    assert len(set(smtp.peers)) == 2
