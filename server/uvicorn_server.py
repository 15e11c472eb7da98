"""Runs uvicorn on a socket that is ours, in one process or under a supervisor."""

import asyncio
import errno
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from server.settings import SettingsError

_BACKLOG = 2048
"""Connections that wait to be accepted; uvicorn's default."""

_LAST_PORT = 65_535

GRACE = 6
"""Seconds for the requests that run when the process is asked to end. Before them, a supervisor
takes half a second to notice; after them, connections to the database are closed, and all of it has
to happen within ten."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections. Raises SettingsError, in words for an operator."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise SettingsError(_refused(host, port, error)) from None


def _refused(host: str, port: int, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            another = port + 1 if port < _LAST_PORT else port - 1
            return f"Port {port} of {host} is taken. Choose another, for example --port {another}."
        case errno.EACCES:
            return f"Port {port} needs more rights than this user has. Try --port 8000."
        case _:
            return f"Cannot listen on {host}, port {port}: {_reason(error)}."


def _reason(error: OSError) -> str:
    # The library adds the address to what the system says; a name that is not found has no number.
    return os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror)


def run_server(config: uvicorn.Config, listener: socket.socket) -> None:
    """Serves until the process is asked to end (SIGTERM, SIGINT), and returns then."""
    # uvicorn raises the signal once more when it is done, which by default would kill.
    signal.signal(signal.SIGTERM, _end)
    with suppress(KeyboardInterrupt):
        if config.workers > 1:
            _Supervisor(config, sockets=[listener]).run()
        else:
            server = uvicorn.Server(config)
            server.run(sockets=[listener])
            if not server.started:
                sys.exit(uvicorn.config.STARTUP_FAILURE)


def _end(_: int, __: FrameType | None) -> None:
    raise SystemExit(0)


class _Supervisor(Multiprocess):
    def terminate_all(self) -> None:
        # Its own copy too, or the kernel would take connections that nobody accepts any more.
        for listener in self.sockets:
            listener.close()
        super().terminate_all()


_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def when_stopped(act: Callable[[], object]) -> Iterator[None]:
    """Calls `act` in the event loop as soon as the process is asked to end.

    The lifespan ends only after the last answer, which may take seconds. Whoever has handled the
    signals handles them still. In a thread other than the main one nothing is called, as signals
    do not come there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before: dict[int, Any] = {number: signal.getsignal(number) for number in _SIGNALS}

    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(act)
        if callable(before[number]):
            before[number](number, frame)

    for number in _SIGNALS:
        signal.signal(number, handle)
    try:
        yield
    finally:
        for number in _SIGNALS:
            signal.signal(number, before[number])
