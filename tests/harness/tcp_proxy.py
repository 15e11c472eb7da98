"""A TCP proxy between the server and its database, whose connection a test can cut."""

import asyncio
import threading
from contextlib import suppress

from harness.postgres import free_port


class TcpProxy:
    """Forwards TCP from a port of its own to `target`; cut, it swallows everything in silence."""

    def __init__(self, target: int) -> None:
        self.port = free_port()
        self._target = target
        self._writers: set[asyncio.StreamWriter] = set()
        self._whole = threading.Event()
        self._whole.set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    def lead_to(self, target: int) -> None:
        """Ends all connections. From now on, it forwards to another port, as a moved address."""
        self._target = target
        self._loop.call_soon_threadsafe(self._end_all)

    def _end_all(self) -> None:
        for writer in tuple(self._writers):
            writer.transport.abort()

    def cut(self) -> None:
        self._whole.clear()

    def mend(self) -> None:
        self._whole.set()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _listen(self) -> None:
        await asyncio.start_server(self._connect, "127.0.0.1", self.port)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers |= {writer, there_writer}
        await asyncio.gather(self._pump(reader, there_writer), self._pump(there_reader, writer))
        self._writers -= {writer, there_writer}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65_536):
                if self._whole.is_set():
                    writer.write(data)
                    await writer.drain()
        writer.close()
