"""A letter over SMTP with its commands sent together, and what servers may answer to that."""

import asyncio

import pytest
from aiosmtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPSenderRefused,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted_smtp import GREETING, MESSAGE, TAKEN, Server, greeted, send

from mail.pipelining import takes_pipelines


async def test_a_letter_takes_two_round_trips():
    server = Server(TAKEN, b"250 OK\r\n", b"221 bye\r\n", hangs_up=True)
    async with greeted(server) as session:
        assert takes_pipelines(session)
        await send(session)
        await session.quit()

    assert server.heard == [
        b"MAIL FROM:<shop@example.com> SIZE=21\r\nRCPT TO:<ada@example.com>\r\nDATA\r\n",
        MESSAGE + b".\r\n",
        b"QUIT\r\n",
    ]


async def test_a_line_that_begins_with_a_dot_does_not_end_the_letter():
    server = Server(TAKEN, b"250 OK\r\n")
    async with greeted(server) as session:
        await send(session, message=b".\r\n\r\n.\r\n..two\r\n")

    assert server.heard[1] == b"..\r\n\r\n..\r\n...two\r\n.\r\n"


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        (b"550 no\r\n503 MAIL first\r\n503 RCPT first\r\n", SMTPSenderRefused),
        (b"250 OK\r\n550 no\r\n554 no recipients\r\n", SMTPRecipientRefused),
        (b"250 OK\r\n251 elsewhere\r\n550 no\r\n", SMTPDataError),
    ],
)
async def test_the_command_that_was_refused_is_told_and_the_session_goes_on(answers, error):
    server = Server(answers, b"250 reset\r\n", TAKEN, b"250 OK\r\n")
    async with greeted(server) as session:
        with pytest.raises(error, match="550") as refusal:
            await send(session)
        await send(session)

    assert refusal.value.message == "no"
    assert server.heard[1] == b"RSET\r\n"
    assert server.heard[3] == MESSAGE + b".\r\n"


async def test_a_server_that_waits_for_a_letter_to_nobody_gets_an_empty_one():
    server = Server(b"250 OK\r\n550 no\r\n354 go on\r\n", b"250 OK\r\n", b"250 reset\r\n")
    async with greeted(server) as session:
        with pytest.raises(SMTPRecipientRefused):
            await send(session)

    assert server.heard[1:3] == [b".\r\n", b"RSET\r\n"]


async def test_a_letter_that_is_read_and_refused_is_not_sent():
    server = Server(TAKEN, b"554-5.7.1 looks\r\n554 like spam\r\n", b"250 reset\r\n")
    async with greeted(server) as session:
        with pytest.raises(SMTPDataError) as refusal:
            await send(session)

    assert (refusal.value.code, refusal.value.message) == (554, "5.7.1 looks\nlike spam")


async def test_an_address_in_unicode_goes_only_where_it_is_understood():
    able = Server(TAKEN, b"250 OK\r\n", greeting=GREETING.replace(b"SIZE 1000", b"SMTPUTF8"))
    async with greeted(able) as session:
        await send(session, recipient="jörg@example.com")
    async with greeted(Server()) as session:
        with pytest.raises(SMTPNotSupported):
            await send(session, recipient="jörg@example.com")

        assert session.is_connected
    assert able.heard[0].startswith(b"MAIL FROM:<shop@example.com> SMTPUTF8\r\n")


_REPLIES = st.one_of(
    st.sampled_from([b"250 OK", b"250-and\r\n250 so on", b"251 elsewhere", b"354 go on"]),
    st.sampled_from(
        [b"354 go on", b"421 bye", b"450 later", b"550 no", b"250-OK\r\n25", b"25", b""]
    ),
    st.binary(max_size=8).filter(lambda reply: b"\n" not in reply and reply[3:4] != b"-"),
)


@settings(max_examples=150, deadline=None)
@given(st.tuples(_REPLIES, _REPLIES, _REPLIES), st.sampled_from([b"", b"250 early\r\n"]))
def test_a_letter_is_counted_as_sent_exactly_if_it_was_asked_for_and_taken(replies, unasked):
    answers = b"".join(reply + b"\r\n" for reply in replies)
    server = Server(answers + unasked, b"250 taken\r\n", hangs_up=True)

    first, second, third = map(code, replies)
    asked_for = (first[:1], second[:1], third) == (b"2", b"2", b"354")
    assert asyncio.run(sends(server)) == asked_for


def code(reply: bytes) -> bytes:
    codes = {line[:3] for line in reply.split(b"\r\n")}
    [only] = codes if len(codes) == 1 else {b""}
    return only if only.isdigit() and len(only) == 3 else b""


async def sends(server: Server) -> bool:
    async with greeted(server) as session:
        try:
            await send(session)
        except (SMTPException, OSError, ValueError):
            return False
        return True
