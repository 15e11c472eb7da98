"""The head of a request: what makes it invalid, and the answer to a request that is refused."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

MAX_HEAD = 64 * 1024
"""Bytes of the request line and all headers."""

MAX_REQUEST = 1024 * 1024
"""Bytes of head, body and trailers. The application refuses a body long before; what its client
still sends is thrown away up to here."""

_MAX_HEADERS = 100

_RETRY_AFTER = b"1"
"""Seconds after which a client may try again that was refused because the server was busy."""

Headers = Sequence[tuple[bytes, bytes]]


def problem_of(headers: Headers) -> HTTPStatus | None:
    """The status that refuses these headers; None if they are fine.

    A request with two hosts, or with any other transfer coding than `chunked`, may mean one thing
    to a proxy and another one here (RFC 9112, 3.2 and 6.1).
    """
    if len(headers) > _MAX_HEADERS:
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    distinct = dict(headers)
    if distinct.get(b"upgrade", b"websocket").lower() != b"websocket" and _has_body(distinct):
        # httptools takes what follows for another protocol, and would lose the body.
        return HTTPStatus.NOT_IMPLEMENTED
    if b"transfer-encoding" not in distinct and len(distinct) == len(headers):
        return None
    names = [name for name, _ in headers]
    codings = [value.lower() for name, value in headers if name == b"transfer-encoding"]
    if names.count(b"host") > 1 or codings not in ([], [b"chunked"]):
        return HTTPStatus.BAD_REQUEST
    return None


def _has_body(headers: Mapping[bytes, bytes]) -> bool:
    return b"transfer-encoding" in headers or headers.get(b"content-length", b"0") != b"0"


def refusal(status: HTTPStatus, headers: Headers) -> bytes:
    """A whole answer with this status, after which the connection ends."""
    text = status.phrase.encode()
    lines = [
        *headers,
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(text)).encode()),
        (b"connection", b"close"),
    ]
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        lines.append((b"retry-after", _RETRY_AFTER))
    head = b"".join(b"%b: %b\r\n" % line for line in lines)
    return b"%b%b\r\n%b" % (STATUS_LINE[status], head, text)
