import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

import jinja2
import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from bs4 import BeautifulSoup
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from service import Clock

from mail import claims, mailbox
from mail.backoff import LONGEST, retry_delay
from mail.delivery import Delivery, Pace
from mail.languages import duration
from mail.letter import Letter, one_line
from mail.masking import masked
from mail.mime import message_bytes
from mail.rendering import Renderer
from mail.smtp import SmtpTransport
from mail.smtp_url import smtp_config
from models import MailState, OutgoingMail
from models.database import connected

SENDER = "ConnectX <no-reply@connectx.example>"
LINK = "https://shop.example/verify#token=" + "Ab3_" * 16
CONTEXT: dict[str, object] = {
    "product": "Shop",
    "code": "123456",
    "code_minutes": 10,
    "link": LINK,
    "link_minutes": 1440,
}
RENDERER = Renderer()


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def database(database_url):
    async with connected(database_url):
        yield


class PostOffice:
    """A real SMTP server, with what it was given and what it answers."""

    def __init__(self) -> None:
        self.port = 0
        self.connections = 0
        self.users: list[str] = []
        self.tls: list[bool] = []
        self.envelopes: list = []
        self.refused: dict[str, str] = {}
        self.hung_up_on: set[str] = set()
        self.at_data = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    @property
    def recipients(self) -> list[str]:
        return [recipient for envelope in self.envelopes for recipient in envelope.rcpt_tos]

    @property
    def messages(self) -> list[EmailMessage]:
        return [
            message_from_bytes(envelope.content, policy=policy.SMTPUTF8)
            for envelope in self.envelopes
        ]

    def transport(self, scheme="smtp://", options="", **changes) -> SmtpTransport:
        config = smtp_config(f"{scheme}127.0.0.1:{self.port}{options}", SENDER, timeout=5)
        return SmtpTransport(config.model_copy(update=changes))

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.hung_up_on:
            self.hung_up_on.remove(address)
            server.transport.abort()
        answer = self.refused.get(address) or self.refused.get("*")
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.at_data.set()
        await self.open.wait()
        self.envelopes.append(envelope)
        self.tls.append(session.ssl is not None)
        return "250 OK"

    def authenticate(self, server, session, envelope, mechanism, auth_data):
        pair = f"{auth_data.login.decode()}:{auth_data.password.decode()}"
        self.users.append(pair)
        return AuthResult(success=pair == "apikey:p@ss/word", handled=False)


@asynccontextmanager
async def post_office(**options) -> AsyncIterator[PostOffice]:
    office = PostOffice()

    def serve() -> SMTP:
        office.connections += 1
        defaults = {
            "enable_SMTPUTF8": True,
            "hostname": "mx.example",
            "authenticator": office.authenticate,
        }
        return SMTP(office, loop=asyncio.get_running_loop(), **{**defaults, **options})

    server = await asyncio.get_running_loop().create_server(serve, "127.0.0.1", 0)
    async with server:
        office.port = server.sockets[0].getsockname()[1]
        yield office


@pytest.fixture
async def office():
    async with post_office() as office:
        yield office


async def compose(mail: OutgoingMail) -> Letter | None:
    return RENDERER.letter(mail, {**CONTEXT, **mail.data})


def worker(transport, clock: Clock, **pace) -> Delivery:
    return Delivery(
        transport=transport,
        compose=compose,
        clock=clock,
        randomness=lambda: 0.5,
        pace=Pace(**{"poll": 0.01, "pause": 0.01, **pace}),
    )


async def queue(clock: Clock, *recipients: str, **data: object) -> list[OutgoingMail]:
    return [
        await OutgoingMail.create(
            letter="verification",
            recipient=recipient,
            data=data,
            due_at=clock(),
            created_at=clock(),
        )
        for recipient in recipients
    ]


async def eventually(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what a server has got sets no event
            await asyncio.sleep(0.005)


async def states() -> dict[str, str]:
    return {mail.recipient: mail.state.value for mail in await OutgoingMail.all()}


# The queue


async def test_a_mail_is_sent_once_and_marked_sent(database, office, clock):
    [mail] = await queue(clock, "ada@example.com")
    delivery = worker(office.transport(), clock)

    assert [await delivery.deliver_once(), await delivery.deliver_once()] == [1, 0]

    await mail.refresh_from_db()
    assert office.recipients == ["ada@example.com"]
    assert (mail.state, mail.sent_at, mail.attempts) == (MailState.SENT, clock(), 1)
    assert (mail.claimed_by, mail.last_error) == (None, None)


async def test_many_workers_send_each_mail_once(database, office, clock):
    people = [f"p{number}@example.com" for number in range(40)]
    await queue(clock, *people)
    workers = [worker(office.transport(), clock, batch_size=3) for _ in range(8)]

    async def drain(delivery: Delivery) -> None:
        while await delivery.deliver_once():
            pass

    await asyncio.gather(*map(drain, workers))

    assert sorted(office.recipients) == sorted(people)


async def test_claims_that_meet_share_no_mail(database, clock):
    mails = await queue(clock, *(f"p{number}@example.com" for number in range(40)))

    batches = await asyncio.gather(
        *(claims.claim(limit=4, now=clock(), until=clock() + timedelta(minutes=1)) for _ in mails)
    )

    claimed = [mail.id for batch in batches for mail in batch]
    assert max(map(len, batches)) == 4
    assert sorted(claimed) == sorted(mail.id for mail in mails)
    assert {mail.attempts for mail in await OutgoingMail.all()} == {1}


async def test_a_batch_uses_one_connection(database, office, clock):
    await queue(clock, *(f"p{number}@example.com" for number in range(10)))

    await worker(office.transport(), clock).deliver_once()

    assert (len(office.envelopes), office.connections) == (10, 1)


async def test_an_empty_queue_opens_no_connection(database, office, clock):
    assert await worker(office.transport(), clock).deliver_once() == 0
    assert office.connections == 0


async def test_a_decoy_never_leaves(database, office, clock):
    [mail] = await queue(clock, "ada@example.com")
    await OutgoingMail.filter(id=mail.id).update(state=MailState.DECOY)

    assert await worker(office.transport(), clock).deliver_once() == 0


async def test_a_mail_arrives_when_the_server_accepts_after_refusing(database, office, clock):
    [mail] = await queue(clock, "ada@example.com")
    delivery = worker(office.transport(), clock)
    office.refused["*"] = "451 4.7.1 Greylisted, come back later"
    for _ in range(3):
        assert await delivery.deliver_once() == 1
        assert await delivery.deliver_once() == 0  # not before the next try is due
        clock.advance(minutes=2)
    await mail.refresh_from_db()
    assert mail.last_error == "SMTPRecipientRefused: 451 4.7.1 Greylisted, come back later"
    office.refused.clear()

    await delivery.deliver_once()

    await mail.refresh_from_db()
    assert office.recipients == ["ada@example.com"]
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.SENT, 4, None)


async def test_a_mail_that_is_refused_for_24_hours_is_kept_as_failed(database, office, clock):
    [mail] = await queue(clock, "ada@example.com")
    delivery = worker(office.transport(), clock)
    office.refused["*"] = "550 5.1.1 No such user"
    started = clock()
    while mail.state is MailState.QUEUED:
        clock.now = mail.due_at
        await delivery.deliver_once()
        await mail.refresh_from_db()

    assert timedelta(hours=22) < clock() - started < timedelta(hours=24)
    assert mail.state is MailState.FAILED
    assert mail.last_error == "SMTPRecipientRefused: 550 5.1.1 No such user"


async def test_a_mail_found_after_24_hours_does_not_leave_any_more(database, office, clock):
    await queue(clock, "ada@example.com")
    clock.advance(hours=24)

    await worker(office.transport(), clock).deliver_once()

    assert office.connections == 0
    assert await states() == {"ada@example.com": "failed"}


async def test_a_worker_that_died_gives_its_mails_back_when_the_lease_ends(database, office, clock):
    [mail] = await queue(clock, "ada@example.com")
    lease = timedelta(minutes=2)
    await claims.claim(limit=1, now=clock(), until=clock() + lease)
    delivery = worker(office.transport(), clock)
    clock.now += lease - timedelta(seconds=1)
    assert await delivery.deliver_once() == 0
    clock.advance(seconds=1)

    assert await delivery.deliver_once() == 1

    await mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.SENT, 2)


async def test_a_late_report_of_an_older_claim_changes_nothing(database, office, clock):
    await queue(clock, "ada@example.com")
    [old] = await claims.claim(limit=1, now=clock(), until=clock())
    [new] = await claims.claim(limit=1, now=clock(), until=clock() + timedelta(minutes=1))

    assert not await claims.renew(old, until=clock())
    assert not await claims.report_retry(old, due_at=clock(), reason="late")
    assert not await claims.report_failed(old, reason="late")
    assert not await claims.report_sent(old, now=clock())
    await claims.give_back([old], now=clock())

    mail = await OutgoingMail.get(id=new.id)
    assert (mail.claimed_by, mail.state, mail.attempts) == (new.claimed_by, MailState.QUEUED, 2)
    assert await claims.report_sent(new, now=clock())


async def test_a_slow_worker_skips_what_another_one_has_taken_over(database, office, clock):
    await queue(clock, "first@example.com", "second@example.com")
    office.open.clear()
    slow = asyncio.create_task(worker(office.transport(), clock).deliver_once())
    await eventually(office.at_data.is_set)
    clock.advance(minutes=3)
    async with post_office() as other:
        await worker(other.transport(), clock).deliver_once()
        assert other.recipients == ["first@example.com", "second@example.com"]
    office.open.set()
    await slow

    assert office.recipients == ["first@example.com"]  # was on its way when the lease ended


# Trouble with one mail, and trouble with all


async def test_one_refused_recipient_does_not_stop_the_others(database, office, clock):
    await queue(clock, "a@example.com", "nobody@example.com", "b@example.com")
    office.refused["nobody@example.com"] = "550 5.1.1 No such user"

    await worker(office.transport(), clock).deliver_once()

    assert office.recipients == ["a@example.com", "b@example.com"]
    assert office.connections == 1
    assert (await states())["nobody@example.com"] == "queued"


async def test_a_dropped_connection_loses_no_mail_and_repeats_none(database, office, clock):
    people = ["a@example.com", "b@example.com", "c@example.com"]
    await queue(clock, *people)
    office.hung_up_on.add("b@example.com")
    delivery = worker(office.transport(), clock)

    await delivery.deliver_once()
    assert office.recipients == ["a@example.com", "c@example.com"]
    clock.advance(seconds=5)
    await delivery.deliver_once()

    assert sorted(office.recipients) == people


async def test_an_unreachable_server_is_tried_once_for_a_batch(database, clock):
    mails = await queue(clock, "a@example.com", "b@example.com", "c@example.com")
    async with post_office() as closed:
        transport = closed.transport()

    await worker(transport, clock).deliver_once()

    for mail in mails:
        await mail.refresh_from_db()
        assert (mail.state, mail.attempts, mail.claimed_by) == (MailState.QUEUED, 1, None)
        assert mail.due_at > clock()
        assert mail.last_error.startswith("SMTPConnectError: Error connecting to 127.0.0.1")


async def test_a_letter_that_cannot_be_composed_stops_no_other(database, office, clock):
    await queue(clock, "a@example.com", product=None)
    await queue(clock, "b@example.com", code_minutes="secret")
    await queue(clock, "c@example.com")

    async def picky(mail: OutgoingMail) -> Letter | None:
        return None if mail.recipient.startswith("a") else await compose(mail)

    delivery = Delivery(transport=office.transport(), compose=picky, clock=clock)
    await delivery.deliver_once()

    errors = {mail.recipient: mail.last_error for mail in await OutgoingMail.all()}
    assert office.recipients == ["c@example.com"]
    assert await states() == {
        "a@example.com": "failed",
        "b@example.com": "queued",
        "c@example.com": "sent",
    }
    assert errors["a@example.com"] == "the verification no longer exists"
    assert re.fullmatch(r"TypeError at mail\.languages:\d+", errors["b@example.com"])


async def test_the_last_error_has_no_code_no_link_and_no_address(database, office, clock):
    [mail] = await queue(clock, "jane.doe@example.com")
    office.refused["*"] = (
        f"554 5.7.1 <jane.doe@example.com>: 123456 is your Shop verification code, {LINK}"
        + "x" * 80
    )

    await worker(office.transport(), clock).deliver_once()

    await mail.refresh_from_db()
    assert mail.last_error == (
        "SMTPRecipientRefused: 554 5.7.1 <j***@example.com>: "
        "*** is your Shop verification code, https://shop.example/***"
    )


@given(st.text())
def test_what_is_stored_of_an_error_is_one_short_line_of_printable_text(text):
    stored = masked(text + "ada@example.com 123456" + text)

    assert len(stored) <= 500
    assert stored.isprintable()
    assert "ada@example.com" not in stored
    assert "123456" not in stored


async def test_the_log_names_mails_and_nobody(database, office, clock, caplog):
    caplog.set_level("DEBUG", "connectx.mail")
    mails = await queue(clock, "ada@example.com", "nobody@example.com")
    office.refused["nobody@example.com"] = "550 5.1.1 <nobody@example.com> 123456"

    await worker(office.transport(), clock).deliver_once()

    lines = [record.getMessage() for record in caplog.records if record.name == "connectx.mail"]
    assert lines == [
        f"mail {mails[0].id}: sent, attempt 1",
        f"mail {mails[1].id}: attempt 1, SMTPRecipientRefused: 550 5.1.1 <n***@example.com> ***",
    ]


# The loop


async def test_the_loop_sends_what_is_queued_while_it_runs(database, office, clock):
    delivery = worker(office.transport(), clock, poll=60)
    running = asyncio.create_task(delivery.run())
    await queue(clock, "ada@example.com")

    delivery.wake()

    await eventually(lambda: len(office.envelopes) == 1)
    running.cancel()


async def test_the_loop_finds_by_itself_what_another_process_has_queued(database, office, clock):
    running = asyncio.create_task(worker(office.transport(), clock).run())
    await queue(clock, "ada@example.com")

    await eventually(lambda: len(office.envelopes) == 1)
    running.cancel()


async def test_the_loop_outlives_an_outage_of_the_database(database, office, clock, caplog):
    await OutgoingMail.raw("ALTER TABLE outgoing_mails RENAME TO elsewhere")
    running = asyncio.create_task(worker(office.transport(), clock).run())
    await eventually(lambda: "the queue is not available: OperationalError" in caplog.text)
    await OutgoingMail.raw("ALTER TABLE elsewhere RENAME TO outgoing_mails")

    await queue(clock, "ada@example.com")

    await eventually(lambda: len(office.envelopes) == 1)
    running.cancel()


async def test_a_stopped_loop_finishes_one_mail_and_gives_the_others_back(database, office, clock):
    await queue(clock, "a@example.com", "b@example.com", "c@example.com")
    office.open.clear()
    running = asyncio.create_task(worker(office.transport(), clock).run())
    await eventually(office.at_data.is_set)

    running.cancel()
    office.open.set()
    with suppress(asyncio.CancelledError):
        await running

    assert office.recipients == ["a@example.com"]
    rest = await OutgoingMail.filter(state=MailState.QUEUED).order_by("created_at", "id")
    assert [(mail.recipient, mail.attempts) for mail in rest] == [
        ("b@example.com", 0),
        ("c@example.com", 0),
    ]
    assert [(mail.claimed_by, mail.due_at) for mail in rest] == [(None, clock())] * 2


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_a_delay_doubles_up_to_an_hour_and_half_of_it_is_chance(attempts, chance):
    full = min(timedelta(seconds=5) * 2 ** min(attempts - 1, 20), timedelta(hours=1))

    assert full / 2 <= retry_delay(attempts, lambda: chance) <= full <= LONGEST


# The message


def sent_headers(message: EmailMessage) -> dict[str, str]:
    return {name: str(value) for name, value in message.items() if name != "Date"}


async def test_a_message_is_text_then_html_with_headers_that_stop_autoreplies(
    database, office, clock
):
    [mail] = await queue(clock, "ada@example.com")

    await worker(office.transport(), clock).deliver_once()

    [message] = office.messages
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
        "Subject": "123456 is your Shop verification code",
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{mail.id}@connectx.example>",
    }


def letter(**changes) -> Letter:
    content = {"subject": "Hello", "text": "text", "html": "<p>html</p>", "message_id": "1"}
    return Letter(**{"recipient": "ada@example.com", **content, **changes})


CONFIG = smtp_config("smtp://localhost", SENDER)
HEADERS = ["Content-Type", "MIME-Version", "Date", "To", "From", "Subject"]
HEADERS += ["Auto-Submitted", "Message-ID"]


@given(st.text())
async def test_no_name_of_a_product_adds_a_header(product):
    written = letter(subject=f"Hello from {product}", sender_name=product)

    raw = await message_bytes(written, recipient=written.recipient, config=CONFIG)

    message = message_from_bytes(raw, policy=policy.SMTP)
    assert message.defects == []
    assert set(message.keys()) == set(HEADERS)
    assert len(message.keys()) == len(HEADERS)
    assert message["Subject"] == one_line(f"Hello from {product}")
    assert message["To"].addresses[0].addr_spec == "ada@example.com"
    assert message["From"].addresses[0].addr_spec == "no-reply@connectx.example"
    assert len(message["From"].addresses) == 1


async def test_a_letter_chooses_the_name_of_its_sender_and_where_answers_go(database):
    written = letter(sender_name="Büro, Köln", reply_to="help@shop.example")

    raw = await message_bytes(written, recipient=written.recipient, config=CONFIG)

    message = message_from_bytes(raw, policy=policy.SMTP)
    assert message["From"].addresses[0].display_name == "Büro, Köln"
    assert message["Reply-To"] == "help@shop.example"


@pytest.mark.parametrize(
    "recipient",
    ["a@b.example\r\nBcc: x@y.example", "a@b.example, x@y.example", "A <a@b.example>", "a", ""],
)
async def test_an_address_that_is_more_than_an_address_is_given_up_at_once(
    database, office, clock, recipient
):
    await queue(clock, recipient)

    await worker(office.transport(), clock).deliver_once()

    [mail] = await OutgoingMail.all()
    assert (mail.state, office.connections) == (MailState.FAILED, 0)
    assert mail.last_error == "the address is not a plain mailbox"


async def test_an_international_address_is_sent_with_smtputf8(database, office, clock):
    await queue(clock, "jörg@bücher.example", product="Bücher")

    await worker(office.transport(), clock).deliver_once()

    [envelope] = office.envelopes
    assert envelope.rcpt_tos == ["jörg@bücher.example"]
    assert "SMTPUTF8" in envelope.mail_options
    assert "\nTo: jörg@bücher.example\r\n".encode() in envelope.content


async def test_an_international_address_fails_for_good_where_the_server_cannot(database, clock):
    await queue(clock, "jörg@example.com", "ada@example.com")
    async with post_office(enable_SMTPUTF8=False) as office:
        await worker(office.transport(), clock).deliver_once()

    assert office.recipients == ["ada@example.com"]
    mail = await OutgoingMail.get(recipient="jörg@example.com")
    assert mail.state is MailState.FAILED
    assert mail.last_error == "SMTPNotSupported: SMTPUTF8 is not supported by this server"


async def test_an_international_domain_alone_needs_no_smtputf8(database, clock):
    await queue(clock, "info@bücher.example")
    async with post_office(enable_SMTPUTF8=False) as office:
        await worker(office.transport(), clock).deliver_once()

    assert office.recipients == ["info@xn--bcher-kva.example"]


# Connecting


@pytest.fixture
def certificate(tmp_path) -> tuple[ssl.SSLContext, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    return context, path


async def test_a_password_is_given_over_starttls_only(database, clock, certificate):
    context, path = certificate
    await queue(clock, "ada@example.com")
    async with post_office(tls_context=context, auth_required=True) as office:
        transport = office.transport("smtp://apikey:p%40ss%2Fword@", CERT_BUNDLE=str(path))
        await worker(transport, clock).deliver_once()

    assert (office.recipients, office.tls) == (["ada@example.com"], [True])


async def test_a_certificate_that_nobody_vouches_for_gets_no_mail(database, clock, certificate):
    [mail] = await queue(clock, "ada@example.com")
    async with post_office(tls_context=certificate[0]) as office:
        await worker(office.transport(options="?starttls=required"), clock).deliver_once()

    await mail.refresh_from_db()
    assert office.envelopes == []
    assert "CERTIFICATE_VERIFY_FAILED" in mail.last_error


async def test_where_starttls_is_required_a_server_without_it_gets_no_mail_and_no_password(
    database, clock
):
    [mail] = await queue(clock, "ada@example.com")
    async with post_office(auth_require_tls=False) as office:
        await worker(office.transport("smtp://apikey:p%40ss%2Fword@"), clock).deliver_once()

    await mail.refresh_from_db()
    assert (office.envelopes, office.users) == ([], [])
    assert mail.last_error == "SMTPException: SMTP STARTTLS extension not supported by server."


async def test_a_wrong_password_is_tried_once_and_not_stored(database, clock):
    mails = await queue(clock, "ada@example.com", "bob@example.com")
    async with post_office(auth_require_tls=False) as office:
        transport = office.transport("smtp://apikey:wrong-secret@", "?starttls=never")
        await worker(transport, clock).deliver_once()

    assert set(office.users) == {"apikey:wrong-secret"}
    assert office.connections == 1
    for mail in mails:
        await mail.refresh_from_db()
        assert mail.last_error == "SMTPAuthenticationError: 535"


async def test_a_password_goes_out_in_the_clear_if_the_url_says_so(database, clock):
    await queue(clock, "ada@example.com")
    async with post_office(auth_require_tls=False) as office:
        transport = office.transport("smtp://apikey:p%40ss%2Fword@", "?starttls=never")
        await worker(transport, clock).deliver_once()

    assert office.users == ["apikey:p@ss/word"]
    assert office.recipients == ["ada@example.com"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://relay", ("relay", 25, False, False, "", "")),
        ("smtp://relay:1025", ("relay", 1025, False, False, "", "")),
        ("smtp://relay:587", ("relay", 587, False, True, "", "")),
        ("smtp://relay?starttls=required", ("relay", 25, False, True, "", "")),
        ("smtp://me:a%3Ab@mx.example", ("mx.example", 587, False, True, "me", "a:b")),
        ("smtp://me:x@mx.example:25?starttls=never", ("mx.example", 25, False, False, "me", "x")),
        ("smtps://me%40b.example:x@mx", ("mx", 465, True, False, "me@b.example", "x")),
        ("smtps://[::1]:4650/", ("::1", 4650, True, False, "", "")),
    ],
)
def test_a_url_says_where_mail_goes(url, expected):
    config = smtp_config(url, SENDER)

    assert expected == (
        config.MAIL_SERVER,
        config.MAIL_PORT,
        config.MAIL_SSL_TLS,
        config.MAIL_STARTTLS,
        config.MAIL_USERNAME,
        config.MAIL_PASSWORD.get_secret_value(),
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://host",
        "smtp://",
        "smtp://me@host",
        "smtp://me:secret@",
        "smtp://me:secret@host:port",
        "smtp://me:secret@host:0",
        "smtp://me:sec/secret@host",
        "smtp://me:sec#secret@host",
        "smtp://me:sec?secret@host",
        "smtp://me:12?secret@host",
        "smtp://me:12?secret=1@host",
        "smtp://me:secret@[host",
        "smtp://me:secret℀@host",
        "smtp://me:secret@host/path",
        "smtp://me:secret@host?starttls=maybe",
        "smtp://me:secret@host?starttls=never&starttls=never",
        "smtps://me:secret@host?starttls=never",
    ],
)
def test_a_bad_url_is_refused_without_quoting_its_password(url):
    with pytest.raises(ValueError, match="smtp://") as refusal:
        smtp_config(url, SENDER)

    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("sender", ["", "ConnectX", "a@b@c", "jörg@example.com", "a@b\r\nBcc: c@d"])
def test_a_bad_sender_is_refused(sender):
    with pytest.raises(ValueError, match="the sender is"):
        smtp_config("smtp://host", sender)


def test_the_environment_does_not_change_where_mail_goes(monkeypatch):
    monkeypatch.setenv("MAIL_SERVER", "elsewhere.example")
    monkeypatch.setenv("MAIL_FROM", "not an address")
    monkeypatch.setenv("SUPPRESS_SEND", "1")
    monkeypatch.setenv("VALIDATE_CERTS", "false")

    config = smtp_config("smtp://host", "no-reply@localhost")

    assert (config.MAIL_SERVER, config.MAIL_FROM) == ("host", "no-reply@localhost")
    assert (config.SUPPRESS_SEND, config.VALIDATE_CERTS) == (0, True)


# Templates


def test_a_subject_with_a_code_begins_with_it():
    subject, text, html = RENDERER.render("verification", CONTEXT)

    assert subject == "123456 is your Shop verification code"
    for body in (text, BeautifulSoup(html, "html.parser").get_text(" ")):
        words = " ".join(body.split())
        assert "123456 Enter it where you registered. It works for 10 minutes." in words
        assert "link" in words
        assert "works for 24 hours" in words
        assert LINK in words
        assert "Shop sent you this mail because somebody registered with your address." in words


def test_a_mail_without_a_code_says_nothing_of_one():
    subject, text, html = RENDERER.render(
        "verification", {**CONTEXT, "code": None, "code_minutes": None}
    )

    assert subject == "Confirm your email address for Shop"
    assert "code" not in text
    assert "your verification code" not in html


def test_a_mail_without_a_link_says_nothing_of_one():
    _, text, html = RENDERER.render("verification", {**CONTEXT, "link": None, "link_minutes": None})

    assert "link" not in text
    assert "<a " not in html


def test_a_mail_to_the_owner_of_an_account_has_no_code():
    subject, text, html = RENDERER.render("account_exists", {"product": "Shop"})

    assert subject == "You already have an account at Shop"
    for body in (text, html):
        assert "log in with the account that you have" in body
        assert "code" not in BeautifulSoup(body, "html.parser").get_text()


@given(st.text())
def test_html_shows_the_name_of_a_product_and_does_not_obey_it(product):
    def tags(name: str) -> list[str]:
        html = RENDERER.render("verification", {**CONTEXT, "product": name})[2]
        return [tag.name for tag in BeautifulSoup(html, "html.parser").find_all()]

    assert tags(f"<script>{product}</script><img src='x'>") == tags("Shop")


def test_a_mail_loads_nothing_from_elsewhere():
    for name in ("verification", "account_exists"):
        html = RENDERER.render(name, CONTEXT)[2]
        assert not BeautifulSoup(html, "html.parser").find_all(["img", "link", "script", "iframe"])
        assert "url(" not in html
        assert "@import" not in html


def test_a_missing_value_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        RENDERER.render("verification", {"product": "Shop"})


def test_a_folder_of_templates_replaces_some_and_keeps_the_others(tmp_path):
    (tmp_path / "verification.txt").write_text("Hello from {{ product }}: {{ code }}")

    subject, text, html = Renderer(tmp_path).render("verification", CONTEXT)

    assert text == "Hello from Shop: 123456\n"
    assert (subject, html) == RENDERER.render("verification", CONTEXT)[::2]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (10, "10 minutes"),
        (60, "1 hour"),
        (90, "90 minutes"),
        (1440, "24 hours"),
        (2880, "48 hours"),
        (4320, "3 days"),
    ],
)
def test_a_lifetime_reads_as_people_say_it(minutes, words):
    assert duration(minutes, "en") == words


def test_a_letter_shows_nothing_of_itself_in_a_log():
    assert repr(letter(code="123456", link=LINK)) == ("Letter(message_id='1', sender_name=None)")


# The development mailbox


async def test_the_mailbox_shows_sent_mails_newest_first_with_the_same_content(database, clock):
    await queue(clock, "old@example.com", code="111111")
    clock.advance(seconds=1)
    await queue(clock, "new@example.com", code="222222")
    sent: dict[str, Letter] = {}

    async def remember(mail: OutgoingMail) -> Letter | None:
        sent[mail.recipient] = RENDERER.letter(mail, {**CONTEXT, **mail.data})
        return sent[mail.recipient]

    await Delivery(
        transport=mailbox.MailboxTransport(), compose=remember, clock=clock
    ).deliver_once()
    await queue(clock, "waiting@example.com")

    shown = await mailbox.latest(compose=compose)

    assert [mail.letter for mail in shown] == [sent["new@example.com"], sent["old@example.com"]]
    assert [mail.letter.code for mail in shown] == ["222222", "111111"]
    assert await mailbox.find(shown[0].id, compose=compose) == shown[0]
    assert len(await mailbox.latest(compose=compose, limit=1)) == 1


async def test_the_mailbox_finds_no_mail_that_was_not_sent(database, clock):
    [mail] = await queue(clock, "waiting@example.com")

    assert await mailbox.find(mail.id, compose=compose) is None


def test_the_page_has_no_inline_script_or_style_and_no_remote_content(clock):
    [mail] = [mailbox.ShownMail(id="1", sent_at=clock(), letter=letter(code="123456", link=LINK))]

    page = BeautifulSoup(mailbox.mailbox_page([mail]), "html.parser")

    assert not page.find_all("style")
    assert not page.find_all(style=True)
    assert [tag["src"] for tag in page.find_all(src=True)] == [
        "/mailbox/static/mailbox.js",
        "/mailbox/1",
    ]
    assert page.find("script").get_text() == ""
    assert page.select_one("[data-copy]")["data-copy"] == "123456"
    assert page.find("article").find("a")["href"] == LINK


def test_the_page_shows_a_subject_and_does_not_obey_it(clock):
    mail = mailbox.ShownMail(id="1", sent_at=clock(), letter=letter(subject="<script>x</script>"))

    assert "<script>x" not in mailbox.mailbox_list([mail])


def test_an_empty_mailbox_says_how_to_fill_it():
    page = BeautifulSoup(mailbox.mailbox_page([]), "html.parser")

    empty = page.select_one(".empty")
    assert empty.get_text() == "No mail yet. Register somebody and it appears here."
    assert "hidden" not in empty.attrs
