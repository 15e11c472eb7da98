"""Servers that cannot be followed any more: their sessions end, and no answer is mistaken."""

import asyncio

import pytest
from aiosmtplib import (
    SMTPDataError,
    SMTPReadTimeoutError,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from delivering import eventually
from scripted_smtp import TAKEN, Server, greeted, send


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ([b"421 too many\r\n"], SMTPSenderRefused),
        ([b"250 OK\r\n421 too many\r\n"], SMTPRecipientRefused),
        ([TAKEN, b"421 going down\r\n"], SMTPDataError),
        ([b"250 OK\r\n"], SMTPServerDisconnected),
        ([TAKEN, b"250 O"], SMTPServerDisconnected),
        ([b"hello\r\n"], SMTPResponseException),
        ([b"250-and so on\r\n" * 1_000], SMTPResponseException),
        ([b"2" * 100_000], SMTPResponseException),
    ],
)
async def test_a_server_that_hangs_up_or_talks_nonsense_has_its_session_closed(answers, error):
    async with greeted(Server(*answers, hangs_up=True)) as session:
        with pytest.raises(error):
            await send(session)

        assert not session.is_connected


async def test_a_server_that_says_nothing_is_not_waited_for_longer_than_its_timeout():
    async with greeted(Server(b"250 OK\r\n")) as session:
        session.timeout = 0.05
        with pytest.raises(SMTPReadTimeoutError):
            await send(session)

        assert not session.is_connected


@pytest.mark.parametrize(
    "answers", [[TAKEN], [b"250 OK\r\n550 no\r\n503 no\r\n"]], ids=["message", "reset"]
)
async def test_a_letter_that_is_given_up_halfway_ends_its_session(answers):
    server = Server(*answers)
    async with greeted(server) as session:
        sending = asyncio.create_task(send(session))
        await eventually(lambda: len(server.heard) == 2)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)

        assert not session.is_connected


@pytest.mark.parametrize("answer", [b"500 what?\r\n", b"421 bye\r\n", b""])
async def test_a_session_that_cannot_start_over_is_closed(answer):
    refusal = b"250 OK\r\n550 no\r\n503 no\r\n"
    async with greeted(Server(refusal, answer, hangs_up=True)) as session:
        with pytest.raises(SMTPRecipientRefused):
            await send(session)

        assert not session.is_connected


async def test_what_a_server_says_before_it_has_the_message_is_no_answer_to_it():
    server = Server(TAKEN + b"250 OK\r\n", b"554 spam\r\n", b"250 reset\r\n")
    async with greeted(server) as session:
        with pytest.raises(SMTPDataError, match="spam"):
            await send(session)
