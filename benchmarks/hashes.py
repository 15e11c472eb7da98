"""Raw Argon2 hashes: `python hashes.py SECONDS THREADS` prints how many a second, and their cost.

With the shipped parameters and nothing else in the process. PYTHONPATH decides which build of
argon2-cffi-bindings is measured.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from argon2 import PasswordHasher


@dataclass(frozen=True)
class Raw:
    """What hashing alone comes to."""

    rate: float
    """Hashes a second."""
    cpu_ms: float
    """Of a core, for each hash."""


def _measured(seconds: float, threads: int) -> Raw:
    # OWASP's first choice, as accounts.hashing.hasher has it.
    hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    hasher.hash("warm")
    begun, cpu = time.perf_counter(), time.process_time()

    def work(_: int) -> int:
        done = 0
        while time.perf_counter() < begun + seconds:
            hasher.hash("secure_password")
            done += 1
        return done

    with ThreadPoolExecutor(threads) as pool:
        done = sum(pool.map(work, range(threads)))
    cpu = time.process_time() - cpu
    return Raw(rate=done / (time.perf_counter() - begun), cpu_ms=cpu / done * 1000)


def raw(seconds: float, threads: int, *, path: str = "") -> Raw:
    """Measured in a process of its own; `path` is a folder with another build."""
    done = subprocess.run(  # noqa: S603 - this script
        [sys.executable, "-W", "ignore", __file__, str(seconds), str(threads)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    rate, cpu_ms = done.stdout.split()
    return Raw(float(rate), float(cpu_ms))


if __name__ == "__main__":
    measured = _measured(float(sys.argv[1]), int(sys.argv[2]))
    print(measured.rate, measured.cpu_ms)
