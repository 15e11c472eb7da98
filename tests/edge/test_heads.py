"""Heads of requests that are too long, or that a proxy may read in another way."""

import pytest
from harness.processes import Server
from harness.raw_connections import MIB, dial, dialled, pumped, rest

GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
POST = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
CHUNKED = b'16\r\n{"query":"{__typename}\r\n2\r\n"}\r\n0\r\n'
TOO_LARGE = b"HTTP/1.1 431 "


@pytest.mark.parametrize(
    "begun", [b"GET /", GET + b"X: ", GET + b"X"], ids=["url", "value", "name"]
)
def test_a_head_without_end_is_refused_after_64_kib(server: Server, begun: bytes):
    with dial(server, begun) as client:
        sent = pumped(client, b"a" * 65_536, most=64 * MIB)
        answer = rest(client)

    assert answer.startswith(TOO_LARGE)
    assert b"connection: close\r\n" in answer
    assert sent < 32 * MIB  # what the kernel holds for both


def test_a_hundred_headers_are_answered_and_one_more_is_not(server: Server):
    with dialled(server, GET + b"X: y\r\n" * 98 + b"Connection: close\r\n\r\n") as client:
        assert rest(client).startswith(b"HTTP/1.1 200 ")
    with dialled(server, GET + b"X: y\r\n" * 99 + b"Connection: close\r\n\r\n") as client:
        assert rest(client).startswith(TOO_LARGE)


def test_a_head_of_60_kb_is_answered(server: Server):
    with dialled(server, GET + b"X: " + b"y" * 60_000 + b"\r\nConnection: close\r\n\r\n") as client:
        assert rest(client).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "head",
    [
        GET + b"Host: y\r\n\r\n",
        POST + b"Transfer-Encoding: identity, chunked\r\n\r\n" + CHUNKED + b"\r\n",
        POST
        + b"Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n"
        + CHUNKED
        + b"\r\n",
    ],
    ids=["two hosts", "a list of codings", "two lines of codings"],
)
def test_a_head_that_can_be_read_in_two_ways_is_refused(server: Server, head: bytes):
    with dialled(server, head) as client:
        answer = rest(client)

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"connection: close\r\n" in answer


def test_a_trailer_is_no_header_of_the_request(server: Server):
    head = POST + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    with dialled(server, head + CHUNKED + b"X-Request-ID: forged\r\n\r\n") as client:
        answer = rest(client)

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"forged" not in answer
