"""Trouble with one mail, which stops no other, and trouble with all; and what is kept of it."""

import re
from collections.abc import Mapping, Sequence
from uuid import UUID

from harness.mail_worker import queue, states, worker
from harness.messages import LINK, compose
from harness.smtp_server import smtp_server
from hypothesis import given
from hypothesis import strategies as st

from mail.message.compose import Render
from mail.redaction import redacted
from mail.worker import MailWorker
from models import MailState, OutgoingMail


async def test_one_refused_recipient_does_not_stop_the_others(database, smtp, clock):
    await queue(clock, "a@example.com", "nobody@example.com", "b@example.com")
    smtp.refused["nobody@example.com"] = "550 5.1.1 No such user"

    await worker(smtp.transport(), clock).deliver_due()

    assert smtp.recipients == ["a@example.com", "b@example.com"]
    assert smtp.connections == 1
    assert (await states())["nobody@example.com"] == "failed"


async def test_a_dropped_connection_loses_no_mail_and_repeats_none(database, smtp, clock):
    people = ["a@example.com", "b@example.com", "c@example.com"]
    await queue(clock, *people)
    smtp.hung_up_on.add("b@example.com")
    delivery = worker(smtp.transport(), clock)

    await delivery.deliver_due()
    assert smtp.recipients == ["a@example.com", "c@example.com"]
    clock.advance(seconds=5)
    await delivery.deliver_due()

    assert sorted(smtp.recipients) == people


async def test_an_unreachable_server_is_tried_once_for_a_batch(database, clock):
    mails = await queue(clock, "a@example.com", "b@example.com", "c@example.com")
    async with smtp_server() as closed:
        transport = closed.transport()

    await worker(transport, clock).deliver_due()

    for mail in mails:
        await mail.refresh_from_db()
        assert (mail.state, mail.attempts, mail.claimed_by) == (MailState.QUEUED, 1, None)
        assert mail.due_at > clock()
        assert mail.last_error.startswith("SMTPConnectError: Error connecting to 127.0.0.1")


async def test_a_letter_that_cannot_be_composed_stops_no_other(database, smtp, clock):
    await queue(clock, "a@example.com", product=None)
    await queue(clock, "b@example.com", code_minutes="secret")
    await queue(clock, "c@example.com")

    async def picky(mails: Sequence[OutgoingMail]) -> Mapping[UUID, Render]:
        return await compose([mail for mail in mails if not mail.recipient.startswith("a")])

    delivery = MailWorker(transport=smtp.transport(), compose=picky, clock=clock)
    await delivery.deliver_due()

    errors = {mail.recipient: mail.last_error for mail in await OutgoingMail.all()}
    assert smtp.recipients == ["c@example.com"]
    assert await states() == {
        "a@example.com": "failed",
        "b@example.com": "queued",
        "c@example.com": "sent",
    }
    assert (
        errors["a@example.com"] == "its code and link were used or replaced, or their key is gone"
    )
    assert re.fullmatch(r"TypeError at languages\.catalogues:\d+", errors["b@example.com"])


async def test_the_last_error_has_no_code_no_link_and_no_address(database, smtp, clock):
    [mail] = await queue(clock, "jane.doe@example.com")
    smtp.refused["*"] = (
        f"554 5.7.1 <jane.doe@example.com>: 123456 is your Shop confirmation code, {LINK}"
        + "x" * 80
    )

    await worker(smtp.transport(), clock).deliver_due()

    await mail.refresh_from_db()
    assert mail.last_error == (
        "SMTPRecipientRefused: 554 5.7.1 <j***@example.com>: "
        "*** is your Shop confirmation code, https://shop.example/***"
    )


@given(st.text())
def test_what_is_stored_of_an_error_is_one_short_line_of_printable_text(text):
    stored = redacted(text + "ada@example.com 123456" + text)

    assert len(stored) <= 500
    assert stored.isprintable()
    assert "ada@example.com" not in stored
    assert "123456" not in stored


async def test_the_log_names_mails_and_nobody(database, smtp, clock, caplog):
    caplog.set_level("DEBUG", "connectx.mail")
    mails = await queue(clock, "ada@example.com", "nobody@example.com")
    smtp.refused["nobody@example.com"] = "450 4.1.1 <nobody@example.com> 123456"

    await worker(smtp.transport(), clock).deliver_due()

    # Whichever comes first: what has arrived is recorded a moment later.
    lines = [record.getMessage() for record in caplog.records if record.name == "connectx.mail"]
    refused = "attempt 1, SMTPRecipientRefused: 450 4.1.1 <n***@example.com> ***"
    assert sorted(lines) == sorted(
        [f"mail {mails[0].id}: sent, attempt 1", f"mail {mails[1].id}: {refused}"]
    )
