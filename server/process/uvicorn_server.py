"""Runs uvicorn on a socket of our own, in one process or with a supervisor and workers."""

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

HTTP = "server.edge.http_protocol:HttpProtocol"
WEBSOCKETS = "server.edge.websocket_protocol:WebSocketProtocol"
"""The protocols of `uvicorn.Config`; each worker process imports them by name."""

_BACKLOG = 2048
"""Connections that may wait to be accepted; uvicorn's default."""

_LAST_PORT = 65_535

GRACE = 6
"""Seconds that running requests get on graceful shutdown. The whole shutdown must take less than
ten: a supervisor needs half a second before it, and closing the database connections comes after
it."""


def bind_socket(host: str, port: int, *, unread_timeout: float) -> socket.socket:
    """A bound socket. Raises SettingsError with a message for an operator.

    The kernel refuses connections until uvicorn listens, so that a load balancer asks another node.
    A connection ends if its client takes nothing of what it is sent for `unread_timeout` seconds.
    A client that reads slowly goes on, and so does one that is sent nothing.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if listener.family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingsError(_listen_problem(host, port, error)) from None
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux; connections inherit it
        milliseconds = round(unread_timeout * 1000)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
    return listener


def _listen_problem(host: str, port: int, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return _taken(host, port)
        case errno.EACCES:
            return f"Port {port} needs more rights than this user has. Try --port 8000."
        case _:
            return f"Cannot listen on {host}, port {port}: {_reason(error)}."


def _taken(host: str, port: int) -> str:
    another = port + 1 if port < _LAST_PORT else port - 1
    return f"Port {port} of {host} is taken. Choose another, for example --port {another}."


def _reason(error: OSError) -> str:
    # An unknown host has no positive errno.
    return os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror)


def _nothing() -> None:
    pass


def run_server(
    config: uvicorn.Config, listener: socket.socket, *, started: Callable[[], object] = _nothing
) -> None:
    """Serves until SIGTERM or SIGINT, then returns. Exits if the server cannot start.

    A server without workers calls `started` once it listens.
    """
    # uvicorn raises the signal again after its shutdown; the default handler would kill us.
    signal.signal(signal.SIGTERM, _exit)
    with suppress(KeyboardInterrupt):
        if config.workers > 1:
            _Supervisor(config, sockets=[listener]).run()
        else:
            server = _Server(config, listening=started)
            host, port = listener.getsockname()[:2]
            server.run(sockets=[listener])
            if server.lost_port:
                raise SettingsError(_taken(host, port))
            if not server.started:
                sys.exit(uvicorn.config.STARTUP_FAILURE)


class _Server(uvicorn.Server):
    lost_port = False
    """Whether another server began to listen on the port after `bind_socket` had found it free."""

    def __init__(self, config: uvicorn.Config, *, listening: Callable[[], object]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        listeners = [listener.dup() for listener in sockets or ()]
        await super().startup(sockets)
        # uvloop drops the error of listen().
        options = (socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        self.lost_port = not all(listener.getsockopt(*options) for listener in listeners)
        for listener in listeners:
            listener.close()
        self.should_exit = self.should_exit or self.lost_port
        if self.started and not self.should_exit:
            self._listening()


def _exit(_: int, __: FrameType | None) -> None:
    raise SystemExit(0)


class _Supervisor(Multiprocess):
    def terminate_all(self) -> None:
        # Closes the supervisor's copy too; otherwise the kernel queues connections that are never
        # accepted.
        for listener in self.sockets:
            listener.close()
        super().terminate_all()


_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def on_stop_signal(act: Callable[[], object]) -> Iterator[None]:
    """Calls `act` in the event loop on SIGTERM or SIGINT, while the block runs.

    The lifespan's shutdown is too late: it comes after the last answer. The previous signal
    handlers are called as well. Does nothing outside the main thread, which gets no signals.
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
