"""What servers may answer to a mail, and what becomes of the mail and of the session then."""

import asyncio

import pytest
from harness.mail_worker import eventually
from harness.messages import letter
from harness.scripted_smtp import EHLO, ScriptedSmtp, session_with
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.mail_transport import SendError

NO = b"550 5.1.1 no\r\n"


@pytest.mark.parametrize(
    ("verb", "error"),
    [("MAIL", "SMTPSenderRefused"), ("RCPT", "SMTPRecipientRefused"), ("DATA", "SMTPDataError")],
)
async def test_the_command_that_was_refused_is_told_and_the_session_goes_on(verb, error):
    server = ScriptedSmtp(**{verb: [NO, b"354 go on\r\n" if verb == "DATA" else b"250 OK\r\n"]})
    async with session_with(server) as session:
        with pytest.raises(SendError) as refusal:
            await session.send(letter())
        await session.send(letter())

    assert refusal.value.reason == f"{error}: 550 5.1.1 no"
    assert (server.sessions, server.heard.count(b"RSET"), server.heard.count(b".")) == (1, 1, 1)


async def test_a_mail_that_is_read_and_refused_is_not_sent():
    server = ScriptedSmtp(message=[b"554-5.7.1 looks\r\n554 like spam\r\n"])
    async with session_with(server) as session:
        with pytest.raises(SendError) as refusal:
            await session.send(letter())

    assert refusal.value.reason == "SMTPDataError: 554 5.7.1 looks like spam"


async def test_an_address_in_unicode_goes_only_where_it_is_understood():
    able = ScriptedSmtp(EHLO=[EHLO.replace(b"SIZE 100000", b"SMTPUTF8")])
    async with session_with(able) as session:
        await session.send(letter(recipient="jörg@example.com"))
    async with session_with(ScriptedSmtp()) as session:
        with pytest.raises(SendError) as refusal:
            await session.send(letter(recipient="jörg@example.com"))

    assert refusal.value.permanent
    assert any(line.startswith(b"MAIL") and b"SMTPUTF8" in line for line in able.heard)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "message"])
@pytest.mark.parametrize(
    "answer",
    [None, b"hello\r\n", b"25\r\n", b"2" * 100_000, b"250 " + b"x" * 100_000 + b"\r\n"],
    ids=["hangs up", "no number", "two digits", "endless number", "endless line"],
)
async def test_a_mail_to_a_server_that_hangs_up_or_talks_nonsense_is_not_sent(verb, answer):
    server = ScriptedSmtp(**{verb: [answer]})
    async with session_with(server, patience=1) as session:
        with pytest.raises(SendError):
            await session.send(letter())


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "message"])
async def test_a_mail_after_a_lost_session_is_sent_over_another_one(verb):
    usual = {"DATA": b"354 go on\r\n"}.get(verb, b"250 OK\r\n")
    server = ScriptedSmtp(**{verb: [None, usual]})
    async with session_with(server) as session:
        with pytest.raises(SendError):
            await session.send(letter())
        await session.send(letter())

    assert server.sessions == 2


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "message"])
async def test_a_server_that_says_nothing_is_not_waited_for_longer_than_its_timeout(verb):
    async with session_with(ScriptedSmtp(**{verb: [b""]}), patience=1) as session:
        with pytest.raises(SendError, match="SMTPReadTimeoutError"):
            await session.send(letter())


async def test_a_mail_that_is_given_up_halfway_ends_its_session():
    server = ScriptedSmtp(message=[b""])
    async with session_with(server) as session:
        sending = asyncio.create_task(session.send(letter()))
        await eventually(lambda: b"." in server.heard)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)

        await eventually(lambda: server.talking == 0)


_REPLIES = st.one_of(
    st.sampled_from([b"250 OK", b"250-and\r\n250 so on", b"251 elsewhere", b"354 go on"]),
    st.sampled_from([b"354 go on", b"421 bye", b"450 later", b"550 no"]),
)


@settings(max_examples=100, deadline=None)
@given(st.tuples(_REPLIES, _REPLIES, _REPLIES, _REPLIES))
def test_a_mail_is_counted_as_sent_exactly_if_it_was_asked_for_and_taken(replies):
    verbs = ("MAIL", "RCPT", "DATA", "message")
    server = ScriptedSmtp(**{v: [r + b"\r\n"] for v, r in zip(verbs, replies, strict=True)})

    mail, rcpt, data, message = (reply[:3] for reply in replies)
    # What RFC 5321 calls success in its section 4.3.2.
    asked_for = mail == b"250" and rcpt in {b"250", b"251"}
    taken = data == b"354" and message == b"250"
    assert asyncio.run(sends(server)) == (asked_for and taken)


async def sends(server: ScriptedSmtp) -> bool:
    async with session_with(server) as session:
        try:
            await session.send(letter())
        except SendError:
            return False
        return True
