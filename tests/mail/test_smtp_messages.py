"""What is handed to a mail server: headers, parts and addresses."""

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from harness.mail_worker import queue, worker
from harness.messages import SENDER, letter
from harness.smtp_server import smtp_server
from hypothesis import example, given
from hypothesis import strategies as st

from mail.mail_transport import one_line
from mail.message.mime import Sender, message_bytes
from models import MailState, OutgoingMail


def sent_headers(message: EmailMessage) -> dict[str, str]:
    return {name: str(value) for name, value in message.items() if name != "Date"}


async def test_a_message_is_text_then_html_with_headers_that_stop_autoreplies(
    database, smtp, clock
):
    [mail] = await queue(clock, "ada@example.com")

    await worker(smtp.transport(), clock).deliver_due()

    [message] = smtp.messages
    parts = [part.get_content_type() for part in message.walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]
    assert "123456" in message.get_body(("plain",)).get_content()
    assert "123456" in message.get_body(("html",)).get_content()
    headers = sent_headers(message)
    assert headers.pop("Content-Type").startswith("multipart/alternative")
    assert headers == {
        "MIME-Version": "1.0",
        "To": "ada@example.com",
        "From": SENDER,
        "Subject": "123456 is your Shop confirmation code",
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{mail.id}@connectx.example>",
    }


FROM = Sender.of(SENDER)
HEADERS = ["Content-Type", "MIME-Version", "Date", "To", "From", "Subject"]
HEADERS += ["Auto-Submitted", "Message-ID"]


INJECTION = "Shop =?utf-8?q?=0D=0AX-Injected:_yes=0D=0A=0D=0Abody?= and more words, to be folded"


@pytest.mark.parametrize("recipient", ["ada@example.com", "jörg@example.com"])
@given(st.text())
@example(INJECTION)
@example("Müller, Schmidt & Söhne")
@example("😀" * 200)
@example("ä; ö" * 100)
async def test_no_name_of_a_product_adds_a_header(recipient, product):
    written = letter(
        recipient=recipient, subject=f"Hello from {product}", sender_name=f"{product} Team"
    )

    raw = message_bytes(written, recipient=written.recipient, sender=FROM)

    message = message_from_bytes(raw, policy=policy.SMTP)
    assert message.defects == []
    assert sorted(message.keys()) == sorted(HEADERS)
    assert f"To: {recipient}\r\n".encode() in raw
    assert message["Subject"] == one_line(f"Hello from {product}")
    assert [each.addr_spec for each in message["From"].addresses] == ["no-reply@connectx.example"]
    # Python's newer parser has a space between two encoded words of a name (RFC 2047, 6.2).
    name, _ = parseaddr(str(message_from_bytes(raw)["From"]))
    assert str(make_header(decode_header(name))) == one_line(f"{product} Team")
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 998  # RFC 5322, 2.1.1
    assert b"\r" not in head.replace(b"\r\n", b"")


async def test_a_letter_chooses_the_name_of_its_sender_and_where_answers_go(database):
    written = letter(sender_name="Büro, Köln", reply_to="help@shop.example")

    raw = message_bytes(written, recipient=written.recipient, sender=FROM)

    message = message_from_bytes(raw, policy=policy.SMTP)
    assert message["From"].addresses[0].display_name == "Büro, Köln"
    assert message["Reply-To"] == "help@shop.example"


@pytest.mark.parametrize(
    "recipient",
    ["a@b.example\r\nBcc: x@y.example", "a@b.example, x@y.example", "A <a@b.example>", "a", ""],
)
async def test_an_address_that_is_more_than_an_address_is_given_up_at_once(
    database, smtp, clock, recipient
):
    await queue(clock, recipient)

    await worker(smtp.transport(), clock).deliver_due()

    [mail] = await OutgoingMail.all()
    assert (mail.state, smtp.connections) == (MailState.FAILED, 0)
    assert mail.last_error == "the address is not a plain mailbox"


async def test_an_international_address_is_sent_with_smtputf8(database, smtp, clock):
    await queue(clock, "jörg@bücher.example", product="Bücher")

    await worker(smtp.transport(), clock).deliver_due()

    [envelope] = smtp.envelopes
    assert envelope.rcpt_tos == ["jörg@bücher.example"]
    assert "SMTPUTF8" in envelope.mail_options
    assert "\nTo: jörg@bücher.example\r\n".encode() in envelope.content


async def test_an_international_address_fails_for_good_where_the_server_cannot(database, clock):
    await queue(clock, "jörg@example.com", "ada@example.com")
    async with smtp_server(enable_SMTPUTF8=False) as smtp:
        await worker(smtp.transport(), clock).deliver_due()

    assert smtp.recipients == ["ada@example.com"]
    mail = await OutgoingMail.get(recipient="jörg@example.com")
    assert mail.state is MailState.FAILED
    assert mail.last_error == "SMTPNotSupported: SMTPUTF8 is not supported by this server"


async def test_an_international_domain_alone_needs_no_smtputf8(database, clock):
    await queue(clock, "info@bücher.example")
    async with smtp_server(enable_SMTPUTF8=False) as smtp:
        await worker(smtp.transport(), clock).deliver_due()

    assert smtp.recipients == ["info@xn--bcher-kva.example"]
