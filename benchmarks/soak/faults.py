"""What is killed and restarted under a soak, and when."""

import asyncio
import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import psutil
from harness.postgres import Cluster

from soak.inbox import MailServer

WORKER, SMTP, DATABASE = "a worker killed", "SMTP restarted", "the database restarted"
POSTGRES_OPTIONS = "-c fsync=on"
"""So that a restart loses nothing."""
_AWAY = (0.5, 3.0)
"""Seconds that the SMTP server and the database are away."""
_RESTART_MODES = ("fast", "immediate")
"""Of `pg_ctl stop`: with an orderly end, and as in a crash."""


@dataclass(frozen=True)
class Fault:
    """Times are of `time.time`."""

    kind: str
    began: float
    ended: float
    detail: str = ""
    mail_ports: frozenset[int] = frozenset()
    """Of a killed worker: its ends of the connections to the SMTP server."""


def worker_pids(server_pid: int) -> list[int]:
    """The worker processes of a server, without what else it has started."""
    pids = []
    for child in psutil.Process(server_pid).children():
        with suppress(psutil.Error):
            if "spawn_main" in " ".join(child.cmdline()):
                pids.append(child.pid)
    return pids


class Faults:
    """Each kind in turn, in an order that is drawn anew for each round."""

    def __init__(
        self,
        *,
        server_pid: int,
        smtp: MailServer,
        cluster: Cluster,
        chance: random.Random,
        every: float,
    ) -> None:
        self.happened: list[Fault] = []
        self.each_happened = asyncio.Event()
        self._server_pid = server_pid
        self._smtp = smtp
        self._cluster = cluster
        self._chance = chance
        self._every = every

    async def run(self, stopping: asyncio.Event) -> None:
        """Until the load stops, with pauses of `every` seconds in the mean."""
        kinds: list[Callable[[], None]] = [
            self._kill_worker,
            self._restart_smtp,
            self._restart_database,
        ]
        coming = self._chance.sample(kinds, len(kinds))
        while not stopping.is_set():
            pause = self._every * self._chance.uniform(0.5, 1.5)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), pause)
                return
            await asyncio.to_thread(coming.pop())
            if not coming:
                self.each_happened.set()
                coming = self._chance.sample(kinds, len(kinds))

    def _kill_worker(self) -> None:
        pid = self._chance.choice(worker_pids(self._server_pid))
        # It stands still first, so that its connections can be read as they are at the kill.
        os.kill(pid, signal.SIGSTOP)
        sockets = psutil.Process(pid).net_connections(kind="tcp")
        ports = {
            each.laddr.port for each in sockets if each.raddr and each.raddr.port == self._smtp.port
        }
        began = time.time()
        os.kill(pid, signal.SIGKILL)
        self._add(WORKER, began, f"process {pid}", frozenset(ports))

    def _restart_smtp(self) -> None:
        began = time.time()
        self._smtp.kill()
        time.sleep(self._chance.uniform(*_AWAY))
        self._smtp.start()
        self._add(SMTP, began)

    def _restart_database(self) -> None:
        mode = self._chance.choice(_RESTART_MODES)
        began = time.time()
        self._cluster.stop(mode)
        if self._chance.randrange(3) == 0:
            self._kill_worker()  # the next one has to start without a database
        time.sleep(self._chance.uniform(*_AWAY))
        self._cluster.start(options=POSTGRES_OPTIONS)
        self._add(DATABASE, began, mode)

    def _add(
        self, kind: str, began: float, detail: str = "", ports: frozenset[int] = frozenset()
    ) -> None:
        self.happened.append(Fault(kind, began, time.time(), detail, ports))
