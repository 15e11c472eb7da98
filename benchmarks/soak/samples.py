"""Memory and file descriptors of each worker, once a second while the load lasts."""

import asyncio
import statistics
import time
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

from soak.faults import worker_pids

_LONG_ENOUGH = 120.0
"""Seconds of a life whose thirds are compared: the first hashes and statements take memory."""
_GROWN_MIB = 5.0
MORE_DESCRIPTORS = 15
"""The ten connections of a pool, which opens them as it needs them and keeps them for minutes, and
a few besides."""


@dataclass
class Life:
    """One worker under load. `mib` and `descriptors` have a value for each of `times`."""

    pid: int
    times: list[float] = field(default_factory=list)
    mib: list[float] = field(default_factory=list)
    descriptors: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return self.times[-1] - self.times[0]

    @property
    def is_long(self) -> bool:
        return self.seconds >= _LONG_ENOUGH

    def thirds(self, values: list[float]) -> list[float]:
        """The median of each third of its life."""
        size = max(1, len(values) // 3)
        parts = (values[:size], values[size : 2 * size], values[2 * size :])
        return [statistics.median(part or values) for part in parts]

    def growth(self) -> list[str]:
        """What has grown from the middle third of its life to the last one."""
        _, mib, last_mib = self.thirds(self.mib)
        _, descriptors, last_descriptors = self.thirds(self.descriptors)
        grown = []
        if last_mib - mib > _GROWN_MIB:
            grown.append(f"process {self.pid}: {mib:.1f} and then {last_mib:.1f} MiB")
        if last_descriptors - descriptors > MORE_DESCRIPTORS:
            grown.append(
                f"process {self.pid}: {descriptors:.0f} and then {last_descriptors:.0f} descriptors"
            )
        return grown


class Samples:
    """All workers that there were, by their process ids."""

    def __init__(self, server_pid: int) -> None:
        self.lives: dict[int, Life] = {}
        self._server_pid = server_pid

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.to_thread(self._take)
            await asyncio.sleep(1)

    def descriptors(self) -> dict[int, int]:
        """Open file descriptors of each worker now."""
        return {pid: psutil.Process(pid).num_fds() for pid in worker_pids(self._server_pid)}

    def _take(self) -> None:
        now = time.time()
        for pid in worker_pids(self._server_pid):
            with suppress(psutil.Error):  # it has just been killed
                process = psutil.Process(pid)
                mib, descriptors = process.memory_info().rss / 2**20, process.num_fds()
                life = self.lives.setdefault(pid, Life(pid))
                life.times.append(now)
                life.mib.append(mib)
                life.descriptors.append(descriptors)
