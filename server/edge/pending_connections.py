"""Connections that the server waits for, or that hold requests it has not begun."""

import asyncio
import ctypes
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

_MAX_HELD = 32 * 1024 * 1024
"""Bytes that all unfinished requests of a process may hold together. A whole request holds none."""

_MANY = 100
"""Connections that end at about the same time and leave memory that is worth giving back."""

_CONNECTION = 4 * 1024
"""Bytes that an open connection counts for, as it takes memory before it sends anything."""


class Connection(Protocol):
    """A connection of one of the protocols, as this module sees it."""

    def is_paused(self) -> bool:
        """Whether the server does not read at the moment, so that the client cannot go on."""

    def end(self, status: HTTPStatus) -> None:
        """Ends the connection, with this status if an answer is due."""


@dataclass(slots=True)
class _Wait:
    since: float
    held: int = 0


class PendingConnections:
    """Ends connections whose client takes too long, or longest while too much memory is held.

    Under pressure the oldest goes first: a client that sends its request in one go is done long
    before it is the oldest, however many others send slowly.
    """

    def __init__(self, *, timeout: float) -> None:
        self._timeout = timeout
        self._waits: dict[Connection, _Wait] = {}  # the oldest first
        self._held = 0
        self._ended = 0  # since the last look

    def hold(self, connection: Connection, size: int) -> None:
        """Records that the server waits for more of a request, and the bytes it holds of it."""
        wait = self._waits.get(connection)
        if wait is None:
            wait = self._waits[connection] = _Wait(time.monotonic())
        self._held += _CONNECTION + size - wait.held
        wait.held = _CONNECTION + size
        while self._held > _MAX_HELD:
            self.end_oldest()

    def release(self, connection: Connection) -> None:
        """Records that the request of a connection is whole, or that the connection has ended."""
        wait = self._waits.pop(connection, None)
        if wait is not None:
            self._held -= wait.held

    def end_oldest(self) -> bool:
        """Ends the connection that has taken longest. Returns whether there was one."""
        oldest = next(iter(self._waits), None)
        if oldest is None:
            return False
        self._end(oldest, HTTPStatus.SERVICE_UNAVAILABLE)
        return True

    def end_overdue(self) -> None:
        """Ends all connections that have taken longer than the timeout."""
        now = time.monotonic()
        for connection, wait in [*self._waits.items()]:
            if now - wait.since < self._timeout:
                return
            if connection.is_paused():
                self.release(connection)
                self.hold(connection, wait.held - _CONNECTION)  # its time begins again
            else:
                self._end(connection, HTTPStatus.REQUEST_TIMEOUT)

    async def watch(self) -> None:
        """Ends overdue connections until it is cancelled."""
        while True:
            await asyncio.sleep(min(1.0, self._timeout / 4))
            many, self._ended = self._ended >= _MANY, 0
            if many:
                give_memory_back()
            self.end_overdue()

    def _end(self, connection: Connection, status: HTTPStatus) -> None:
        self.release(connection)
        self._ended += 1
        connection.end(status)


def give_memory_back() -> None:
    """Has glibc return memory that is free. It would otherwise keep most of it for later."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
