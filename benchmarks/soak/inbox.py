"""The mails of a soak: the SMTP server that takes them, and what has arrived."""

import asyncio
import socket
import sys
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import orjson
from harness.polling import eventually
from harness.postgres import free_port
from harness.processes import Process


@dataclass(frozen=True)
class Arrival:
    """One mail that the SMTP server took. The same mail may arrive more than once."""

    at: float
    port: int
    """The client's end of the connection that it came by."""
    to: str
    id: str
    """The left half of its Message-ID: the id of its row in the outbox."""
    code: str | None
    link: str | None


class MailServer:
    """An SMTP server in a process of its own, which can be killed and started on the same port."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.path = folder / "mails"
        self.path.touch()
        self._process: Process | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = ["-W", "ignore", "-m", "soak.mail_server", str(self.port), str(self.path)]
        self._process = Process(sys.executable, *command)
        eventually(self._listens, "the SMTP server", patience=60)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _listens(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
            return True
        return False


class Inbox:
    """All that the SMTP server has taken, by recipient, oldest first."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._rest = b""
        self.arrivals: list[Arrival] = []
        self._by_recipient: dict[str, list[Arrival]] = defaultdict(list)

    def read(self) -> None:
        """Reads what has come since the last time."""
        *lines, self._rest = (self._rest + self._file.read()).split(b"\n")
        for line in lines:
            arrival = Arrival(**orjson.loads(line))
            self.arrivals.append(arrival)
            self._by_recipient[arrival.to].append(arrival)

    async def watch(self) -> None:
        """Reads until it is cancelled."""
        while True:
            self.read()
            await asyncio.sleep(0.05)

    def newest(self, address: str) -> Arrival:
        """The mail to an address that was queued last: the ids of mails sort by that time."""
        return max(self._by_recipient[address], key=lambda mail: mail.id)

    def count(self, address: str) -> int:
        """How many different mails an address has got."""
        return len({mail.id for mail in self._by_recipient[address]})
