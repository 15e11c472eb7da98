"""Which answers of a mail server end a mail at once, and which it is tried again after."""

import pytest
from harness.mail_worker import queue, worker
from harness.messages import letter
from harness.scripted_smtp import EHLO, ScriptedSmtp, session_with

from mail.mail_transport import SendError
from mail.smtp.refusals import is_final
from models import MailState

FINAL = [
    "550 5.1.1 No such user",
    "550 No such user",
    "551 5.1.6 Moved",
    "553 5.1.3 Bad address",
    "554 5.7.1 Blocked by policy",
    "550 5.2.1 Mailbox disabled",
    "552 5.3.4 Message too big",
    "554-5.7.1 looks\r\n554 5.7.1 like spam",
    "550 see 4.2.2 of our rules",
]
TEMPORARY = [
    "450 4.2.0 Greylisted",
    "450 Greylisted",
    "552 5.2.2 Mailbox full",
    "552 Mailbox full, or too many recipients",
    "550 4.7.1 Try later",
    "554 5.3.1 No room",
    "554 5.4.6 Loop",
    "550 5.1.8 Sender's domain not found",
    "530 5.7.0 Log in first",
    "503 5.5.1 MAIL first",
    "421 4.7.0 Goodbye",
]


@pytest.mark.parametrize("verb", ["RCPT", "DATA", "message"])
@pytest.mark.parametrize("answer", [*FINAL, *TEMPORARY])
async def test_a_final_answer_about_the_recipient_ends_a_mail_and_any_other_does_not(verb, answer):
    async with session_with(ScriptedSmtp(**{verb: [f"{answer}\r\n".encode()]})) as session:
        with pytest.raises(SendError) as refusal:
            await session.send(letter())

    assert refusal.value.permanent == (answer in FINAL)


@pytest.mark.parametrize(
    "answers",
    [
        {"MAIL": [b"550 5.1.1 no\r\n"]},
        {"EHLO": [b"550 5.7.1 no\r\n"], "HELO": [b"550 5.7.1 no\r\n"]},
        {"greeting": [b"554 5.7.1 not you\r\n"]},
        {"EHLO": [EHLO.replace(b"SIZE 100000", b"AUTH PLAIN")], "AUTH": [b"535 5.7.8 no\r\n"]},
    ],
    ids=["MAIL FROM", "EHLO", "greeting", "AUTH"],
)
async def test_an_answer_about_the_sender_is_asked_for_again(answers):
    account = "me:secret@" if "AUTH" in answers else ""
    async with session_with(ScriptedSmtp(**answers), account=account) as session:
        with pytest.raises(SendError) as refusal:
            await session.send(letter())

    assert not refusal.value.permanent


async def test_a_mail_with_a_final_answer_is_marked_with_it_and_never_sent_again(
    database, smtp, clock
):
    [mail] = await queue(clock, "nobody@example.com")
    smtp.refused["*"] = "550 5.1.1 No such user"
    delivery = worker(smtp.transport(), clock)
    await delivery.deliver_due()
    smtp.refused.clear()
    clock.advance(hours=1)
    await delivery.deliver_due()

    await mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.FAILED, 1)
    assert mail.last_error == "SMTPRecipientRefused: 550 5.1.1 No such user"
    assert smtp.envelopes == []


def test_only_a_code_at_the_start_of_the_text_counts():
    assert is_final(550, "5.1.1")
    assert is_final(550, "4.2.2.1 is no status code")
    assert not is_final(550, "5.2.2")
    assert not is_final(450, "5.1.1")
    assert not is_final(299, "")
