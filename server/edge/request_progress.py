"""Tells which part of a connection's newest request is still missing.

uvicorn makes the scope of a request at its first byte, and its cycle once its head is whole.
"""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle


def is_in_head(connection: HttpToolsProtocol) -> bool:
    """Whether the head of a request has begun and is not whole."""
    begun: object | None = connection.scope
    newest: RequestResponseCycle | None = connection.cycle
    return begun is not None and (newest is None or newest.scope is not begun)


def is_in_body(connection: HttpToolsProtocol) -> bool:
    """Whether the head of a request is whole, and its body is not."""
    newest: RequestResponseCycle | None = connection.cycle
    return newest is not None and newest.scope is connection.scope and newest.more_body


def is_answering(connection: HttpToolsProtocol) -> bool:
    """Whether the newest request whose head is whole is not answered yet."""
    newest: RequestResponseCycle | None = connection.cycle
    return newest is not None and not newest.response_complete


def disconnect(cycle: RequestResponseCycle | None) -> None:
    """Tells the application that the client of its request is gone."""
    if cycle is not None and not cycle.response_complete:
        cycle.disconnected = True
        cycle.message_event.set()
