"""Mail servers that stall, talk without end, break off or have an expired certificate.

What becomes of the mail, and how soon the others leave.
"""

import asyncio
import time
from datetime import timedelta

import pytest
from harness.certificates import self_signed
from harness.mail_worker import eventually, queue, states, worker
from harness.scripted_smtp import ScriptedSmtp, transport_to
from harness.smtp_server import smtp_server

from models import OutgoingMail

PATIENCE = 1
"""Seconds for each answer. As shipped it is ten: `mail.smtp.url.COMMAND_TIMEOUT`."""

PEOPLE = [f"p{number}@example.com" for number in range(9)]


async def arrived() -> list[str]:
    """Whose mails the database says were sent."""
    return sorted(to for to, state in (await states()).items() if state == "sent")


async def test_one_answer_a_byte_at_a_time_costs_one_mail_one_timeout(database, clock):
    server = ScriptedSmtp()
    server.slow, server.seconds_per_byte = b"slow@", 0.5
    slow, *_ = await queue(clock, "slow@example.com", *PEOPLE)
    async with transport_to(server, patience=3) as transport:
        delivery = worker(transport, clock, sessions=2)
        delivering = asyncio.create_task(delivery.deliver_due())
        # The mails of the other session do not wait for the timeout.
        await eventually(lambda: server.heard.count(b".") >= len(PEOPLE))
        await slow.refresh_from_db()
        assert (delivering.done(), slow.last_error) == (False, None)
        await delivering

        assert await arrived() == sorted(PEOPLE)
        await slow.refresh_from_db()
        assert (slow.state, slow.attempts) == ("queued", 1)
        assert slow.last_error == "SMTPReadTimeoutError: Timed out waiting for server response"

        server.slow = b""
        clock.advance(minutes=1)
        await delivery.deliver_due()
        await slow.refresh_from_db()
        assert slow.state == "sent"


async def test_an_answer_that_comes_too_late_is_not_taken_for_the_next_mails(database, clock):
    server = ScriptedSmtp(RCPT=[b"250 late\r\n", b"450 4.2.0 no\r\n"])
    server.slow, server.seconds_per_byte = b"RCPT TO:<slow@", 0.12
    await queue(clock, "slow@example.com", "next@example.com")
    async with transport_to(server, patience=PATIENCE) as transport:
        await worker(transport, clock, sessions=1).deliver_due()

    assert server.heard.count(b"DATA") == 0
    [_, following] = await OutgoingMail.all().order_by("id")
    assert following.last_error == "SMTPRecipientRefused: 450 4.2.0 no"


async def test_a_mail_whose_answers_are_all_slow_ends_with_half_of_its_lease(database, clock):
    server = ScriptedSmtp()
    server.slow, server.seconds_per_byte = b":", 0.1  # MAIL FROM: and RCPT TO:, below the timeout
    [mail] = await queue(clock, "ada@example.com")
    async with transport_to(server, patience=10) as transport:
        begun = time.monotonic()
        await worker(transport, clock, lease=timedelta(seconds=2)).deliver_due()

    await mail.refresh_from_db()
    assert mail.state == "queued"
    assert mail.last_error == "the mail server took longer than 1 s in all"
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("kind", ["slow", "endless"])
async def test_a_greeting_that_does_not_end_postpones_all_mails_after_one_timeout(
    database, clock, kind
):
    server = ScriptedSmtp()
    if kind == "slow":
        server.slow, server.seconds_per_byte = b"greeting", 0.3
    else:
        server = ScriptedSmtp(greeting=[b"220-welcome\r\n"])
        server.greets_for_ever = True
    mails = await queue(clock, *PEOPLE)
    async with transport_to(server, patience=PATIENCE) as transport:
        delivery = worker(transport, clock)
        begun = time.monotonic()
        await delivery.deliver_due()
        taken = time.monotonic() - begun

        assert taken < 5 * PATIENCE, "the sessions wait side by side, and each of them once"
        assert server.sessions <= 4
        for mail in mails:
            await mail.refresh_from_db()
            assert (mail.state, mail.attempts) == ("queued", 1)
            assert mail.last_error.startswith(("SMTPConnect", "SMTPReadTimeout"))

        server.slow, server.greets_for_ever = b"", False
        server.tell("greeting", b"220 mx.example\r\n")
        clock.advance(minutes=1)
        await delivery.deliver_due()
    assert await arrived() == sorted(PEOPLE)


async def test_a_connection_that_is_cut_in_a_message_costs_that_mail_a_retry_and_no_other(
    database, clock
):
    server = ScriptedSmtp()
    server.cuts = 1
    await queue(clock, *PEOPLE)
    async with transport_to(server, patience=PATIENCE) as transport:
        delivery = worker(transport, clock, sessions=1)
        await delivery.deliver_due()

        [cut] = await OutgoingMail.filter(state="queued")
        assert len(await arrived()) == len(PEOPLE) - 1
        assert cut.attempts == 1
        assert cut.last_error.startswith("SMTPServerDisconnected: ")
        assert cut.due_at <= clock() + timedelta(seconds=5)
        clock.advance(seconds=5)
        await delivery.deliver_due()

    assert await arrived() == sorted(PEOPLE)
    assert server.heard.count(b".") == len(PEOPLE), "each was read once"


async def test_an_expired_certificate_gets_no_mail_until_it_is_renewed(database, clock, tmp_path):
    expired, path = self_signed(tmp_path / "old.pem", expired=True), tmp_path / "old.pem"
    mails = await queue(clock, *PEOPLE)
    async with smtp_server(tls_context=expired) as smtp:
        transport = smtp.transport(options="?starttls=required", CERT_BUNDLE=str(path))
        await worker(transport, clock).deliver_due()
        assert smtp.envelopes == []
    for mail in mails:
        await mail.refresh_from_db()
        assert (mail.state, mail.attempts) == ("queued", 1)
        assert "certificate has expired" in mail.last_error

    renewed, path = self_signed(tmp_path / "new.pem"), tmp_path / "new.pem"
    clock.advance(seconds=5)
    async with smtp_server(tls_context=renewed) as smtp:
        transport = smtp.transport(options="?starttls=required", CERT_BUNDLE=str(path))
        await worker(transport, clock).deliver_due()
    assert sorted(smtp.recipients) == sorted(PEOPLE)
