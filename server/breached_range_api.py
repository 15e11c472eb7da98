"""Asks a range API whether it knows a hash, as Have I Been Pwned's does.

The service gets the first five digits of the hash alone (k-anonymity), and answers all hashes that
begin with them. It also gets a padded answer (`Add-Padding`), whose length tells nothing either.
"""

import asyncio
import re
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

import httptools

from accounts.breached.look_up import LookUpFailedError

TIMEOUT = 0.3
"""Seconds in all, as a person waits for the answer."""

_PREFIX = 5
_MOST = 16
"""Look-ups at a time in each process. Those that wait too long for their turn fail."""

_MAX_ANSWER = 1 << 20
"""Bytes. An answer has about 40 KiB."""

_KEPT = 4
"""Connections that are kept for the next look-ups."""

_MAX_IDLE = 20.0
"""Seconds. Services end idle connections, some of them without a word."""

_LINE = re.compile(rb"[0-9A-Fa-f]{35}:\d+\s")
_OK = 200


class RangeApi:
    """A range API at a URL such as `https://api.pwnedpasswords.com/range/`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._path = parts.hostname or "", parts.path
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._port = parts.port or (80 if self._tls is None else 443)
        self._name = parts.netloc
        self._turn = asyncio.Semaphore(_MOST)
        self._idle: list[_Connection] = []

    async def has(self, digest: bytes) -> bool:
        digits = digest.hex().upper()
        try:
            async with asyncio.timeout(TIMEOUT), self._turn:
                answer = await self._get(digits[:_PREFIX])
        except TimeoutError:
            raise LookUpFailedError(f"no answer within {TIMEOUT * 1000:.0f} ms") from None
        except (OSError, EOFError, httptools.HttpParserError) as error:
            # Not the error itself: nobody knows what the service sent.
            raise LookUpFailedError(f"it cannot be reached: {type(error).__name__}") from None
        if not _LINE.match(answer):
            raise LookUpFailedError("its answer is no list of hashes")
        # A line with the count 0 is padding.
        wanted = rb"(?mi)^%b:0*[1-9]" % digits[_PREFIX:].encode()
        return re.search(wanted, answer) is not None

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    async def _get(self, prefix: str) -> bytes:
        request = (
            f"GET {self._path}{prefix} HTTP/1.1\r\nHost: {self._name}\r\nUser-Agent: connectx\r\n"
            "Accept: text/plain\r\nAdd-Padding: true\r\n\r\n"
        ).encode()
        while self._idle:
            kept = self._idle.pop()
            # The service may have ended it meanwhile.
            with suppress(OSError, EOFError):
                return await self._ask(kept, request)
        reader, writer = await asyncio.open_connection(self._host, self._port, ssl=self._tls)
        return await self._ask(_Connection(reader, writer), request)

    async def _ask(self, connection: "_Connection", request: bytes) -> bytes:
        async with self._kept(connection):
            answer = await connection.ask(request)
        if answer.status != _OK:
            raise LookUpFailedError(f"it answered with the status {answer.status}")
        return bytes(answer.body)

    @asynccontextmanager
    async def _kept(self, connection: "_Connection") -> AsyncIterator[None]:
        """Keeps the connection for the next look-up if the block succeeds, and else ends it."""
        try:
            yield
        except BaseException:
            connection.close()
            raise
        if connection.can_be_kept and len(self._idle) < _KEPT:
            self._idle.append(connection)
        else:
            connection.close()


class _Answer:
    """The parser's callbacks, and what they were told."""

    def __init__(self) -> None:
        self.parser = httptools.HttpResponseParser(self)
        self.body = bytearray()
        self.is_complete = False
        self.keeps_connection = False

    @property
    def status(self) -> int:
        return self.parser.get_status_code()

    def on_body(self, piece: bytes) -> None:
        self.body += piece

    def on_message_complete(self) -> None:
        self.is_complete = True
        self.keeps_connection = self.parser.should_keep_alive()


class _Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._used_at = 0.0
        self.can_be_kept = False

    async def ask(self, request: bytes) -> _Answer:
        """The service's answer. Raises OSError, EOFError or HttpParserError."""
        if self._used_at and time.monotonic() - self._used_at > _MAX_IDLE:
            self.close()
            raise EOFError
        self._writer.write(request)
        answer = _Answer()
        while not answer.is_complete:
            piece = await self._reader.read(1 << 16)
            if not piece or len(answer.body) > _MAX_ANSWER:
                raise EOFError
            answer.parser.feed_data(piece)
        self.can_be_kept = answer.keeps_connection
        self._used_at = time.monotonic()
        return answer

    def close(self) -> None:
        self._writer.transport.abort()
