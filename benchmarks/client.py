"""A light HTTP client that offers load from a process of its own: `python client.py < order`.

It takes an Order and gives a Load, both pickled. Requests are bytes that somebody else prepared,
and of an answer only the status, the length and a few bytes are looked at, so that it takes little
of the machine that it measures.
"""

import asyncio
import gc
import pickle
import re
import sys
import time
from array import array
from collections import deque

import uvloop
from orders import Load, Order

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_TICK = 0.001
"""Seconds between two looks at the timetable of an open loop."""
_PATIENCE = 30.0
"""Seconds that the last answers are waited for."""


class _Run:
    def __init__(self, order: Order) -> None:
        self.order = order
        self.load = Load()
        self.requests = iter(order.requests)
        self.idle: deque[_Connection] = deque()
        self.waiting: deque[tuple[float, bytes]] = deque()
        self.pending = 0
        self.opened = 0
        self.end = float("inf")
        self.finished = asyncio.get_running_loop().create_future()

    async def run(self) -> Load:
        for _ in range(self.order.connections):
            await self._connect()
        gc.collect()
        gc.freeze()
        gc.disable()
        cpu, begun = time.process_time(), time.perf_counter()
        self.end = begun + self.order.seconds
        await (self._closed() if self.order.due is None else self._open(begun, self.order.due))
        self.load.seconds = time.perf_counter() - begun
        self.load.cpu = time.process_time() - cpu
        return self.load

    async def _connect(self) -> None:
        self.opened += 1
        # An address for each connection, as the server counts by client.
        address = f"127.0.{self.opened // 250 % 250 + 1}.{self.opened % 250 + 1}"
        await asyncio.get_running_loop().create_connection(
            lambda: _Connection(self), "127.0.0.1", self.order.port, local_addr=(address, 0)
        )

    def hung_up(self, connection: "_Connection") -> None:
        """A server may do so to somebody who was silent for long; another takes their place."""
        if connection in self.idle:
            self.idle.remove(connection)
            self.connecting = asyncio.ensure_future(self._connect())
        elif connection.asks and not self.finished.done():
            self.finished.set_exception(ConnectionResetError("the server hung up"))

    async def _closed(self) -> None:
        connections = [self.idle.pop() for _ in range(len(self.idle))]
        for connection in connections:
            self._next(connection)
        async with asyncio.timeout(self.order.seconds + _PATIENCE):
            await self.finished

    async def _open(self, begun: float, due: list[float]) -> None:
        coming = deque(zip(due, self.requests, strict=False))
        while (now := time.perf_counter()) < self.end:
            while coming and begun + coming[0][0] <= now:
                time_due, request = coming.popleft()
                self.pending += 1
                self.waiting.append((begun + time_due, request))
            while self.waiting and self.idle:
                # Not the newest: a worker that refuses at once would get all that is to come.
                self._dispatch(self.idle.popleft())
            await asyncio.sleep(_TICK)
        self.waiting_over()
        async with asyncio.timeout(_PATIENCE):
            await self.finished

    def waiting_over(self) -> None:
        if not self.pending and not self.finished.done():
            self.finished.set_result(None)

    def _dispatch(self, connection: "_Connection") -> None:
        due, request = self.waiting.popleft()
        self.load.late = max(self.load.late, time.perf_counter() - due)
        connection.ask(request, due)

    def _next(self, connection: "_Connection") -> None:
        now = time.perf_counter()
        request = next(self.requests, None) if now < self.end else None
        if request is None:
            self.waiting_over()
            return
        self.pending += 1
        connection.ask(request, now)

    def answered(self, connection: "_Connection", begun: float, answer: bytes) -> None:
        kind = self._kind(answer)
        if kind not in self.load.times:
            self.load.times[kind] = array("d")
        self.load.times[kind].append(time.perf_counter() - begun)
        self.pending -= 1
        connection.asks = False
        if self.order.due is None:
            self._next(connection)
        elif self.waiting:
            self._dispatch(connection)
        else:
            self.idle.append(connection)
            if time.perf_counter() >= self.end:
                self.waiting_over()

    def _kind(self, answer: bytes) -> str:
        if answer.startswith(b"HTTP/1.1 200"):
            for kind in self.order.kinds:
                if kind in answer:
                    return kind.decode()
        self.load.strange = answer
        return "strange"


class _Connection(asyncio.Protocol):
    def __init__(self, run: _Run) -> None:
        self._run = run
        self._received = b""
        self._begun = 0.0
        self.asks = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._run.idle.append(self)

    def ask(self, request: bytes, begun: float) -> None:
        self._begun, self.asks = begun, True
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        if self._received:
            data = self._received + data
        head = data.find(b"\r\n\r\n")
        length = _LENGTH.search(data, 0, head + 2) if head >= 0 else None
        if length is None or len(data) < head + 4 + int(length[1]):
            self._received = data
            return
        self._received = b""
        self._run.answered(self, self._begun, data)

    def connection_lost(self, _: Exception | None) -> None:
        self._run.hung_up(self)


async def _main(order: Order) -> Load:
    return await _Run(order).run()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        result = runner.run(_main(pickle.load(sys.stdin.buffer)))  # noqa: S301 - from a script of ours
    pickle.dump(result, sys.stdout.buffer)
