"""Handshakes of WebSockets and of other protocols that the server does not accept."""

import pytest
from harness.processes import Server
from harness.raw_connections import TEXT, dialled, frame, handshake, healthy, rest, upgraded

INIT = frame(TEXT, b'{"type":"connection_init"}')
H2C = b"Host: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n"


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (handshake(b"Cookie: " + b"b" * 9_000), b"431"),
        (handshake(path=b"/graphql?" + b"a" * 9_000), b"414"),
        (handshake(b"Content-Length: 3") + b"abc", b"400"),
        (handshake(b"Transfer-Encoding: chunked") + b"0\r\n\r\n", b"400"),
    ],
    ids=["long header", "long url", "body", "chunked body"],
)
def test_a_handshake_that_cannot_be_read_is_answered_and_its_connection_ended(
    server: Server, head: bytes, status: bytes
):
    with dialled(server, head) as client:
        answer = rest(client)

    assert answer.startswith(b"HTTP/1.1 %b " % status)


def test_frames_that_are_invalid_end_their_connection_without_a_traceback(server: Server):
    before = len(server.output())
    reserved_bit = b"\xc1\x82\0\0\0\0{}"
    ping = frame(TEXT, b'{"type":"ping","payload":{"x":"%b"}}' % (b"x" * 5_000))
    for frames in (INIT + ping + reserved_bit, INIT + frame(TEXT, b"\xff")):
        with upgraded(server) as client:
            client.sendall(frames)
            rest(client)

    assert healthy_after(server)
    assert "Traceback" not in server.output()[before:]


def test_a_message_that_is_not_utf_8_is_refused_as_the_protocol_says(server: Server):
    with upgraded(server) as client:
        client.sendall(INIT + frame(TEXT, b"\xff"))

        assert b"\x03\xefinvalid UTF-8" in rest(client)  # 1007 (RFC 6455, 7.4.1)


def test_a_request_that_offers_http_2_is_answered_and_its_connection_ended(server: Server):
    with dialled(server, b"GET /healthz HTTP/1.1\r\n" + H2C + b"\r\n") as client:
        assert rest(client).startswith(b"HTTP/1.1 200 ")


def test_a_body_that_comes_with_an_offer_of_http_2_is_refused_and_not_lost(server: Server):
    body = b'{"query":"{ __typename }"}'
    head = b"POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\n" + H2C
    with dialled(server, head + b"Content-Length: %d\r\n\r\n" % len(body) + body) as client:
        assert rest(client).startswith(b"HTTP/1.1 501 ")


def healthy_after(server: Server) -> bool:
    with dialled(server) as client:
        return healthy(client)
