"""Servers that cannot be followed any more: their sessions end, and no answer is mistaken."""

import asyncio
from itertools import pairwise

import pytest
from aiosmtplib import (
    SMTPDataError,
    SMTPReadTimeoutError,
    SMTPRecipientRefused,
    SMTPResponse,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from delivering import eventually
from hypothesis import given
from hypothesis import strategies as st
from scripted_smtp import TAKEN, Server, greeted, send

from mail.smtp_wire import Reader, Wire


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
        ([b"250 " + b"x" * 100_000 + b"\r\n"], SMTPResponseException),
        ([b"25\r\n"], SMTPResponseException),
    ],
)
async def test_a_server_that_hangs_up_or_talks_nonsense_has_its_session_closed(answers, error):
    async with greeted(Server(*answers, hangs_up=True)) as session:
        with pytest.raises(error) as raised:
            await send(session)

        assert type(raised.value) is error
        assert not session.is_connected


@given(st.lists(st.integers(0, 70)))
def test_answers_are_the_same_in_whatever_pieces_they_arrive(cuts: list[int]):
    said = b"250-first\r\n250 \xff second\r\n550 5.1.1 no\n354  go on \r\n250 too much\r\n"
    places = [0, *sorted(cuts), len(said)]

    async def read() -> list[SMTPResponse]:
        reader = Reader(3)
        for start, end in pairwise(places):
            reader.data_received(said[start:end])
        return await reader.answers

    assert asyncio.run(read()) == [
        SMTPResponse(250, "first\n\udcff second"),
        SMTPResponse(550, "5.1.1 no"),
        SMTPResponse(354, "go on"),
    ]


async def test_why_a_connection_was_lost_is_kept():
    reader = Reader(1)
    reader.connection_lost(ConnectionResetError("reset"))
    with pytest.raises(ConnectionResetError):
        await reader.answers


async def test_commands_that_go_together_have_as_long_as_they_would_have_one_by_one():
    async with greeted(Server(b"250 OK\r\n", b"250 OK\r\n354 go on\r\n")) as session:
        session.timeout = 1
        with Wire(session) as wire:
            asking = asyncio.create_task(wire.ask(b"MAIL, RCPT, DATA\r\n", 3))
            done, _ = await asyncio.wait({asking}, timeout=1.2)
            assert not done, "the time for one is over"
            session.transport.write(b"what the server waits for\r\n")
            assert [answer.code for answer in await asking] == [250, 250, 354]


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
