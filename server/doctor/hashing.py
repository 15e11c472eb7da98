"""Checks the strength of password hashes, and measures how many this machine makes."""

import asyncio
import os
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import distribution

from argon2 import PasswordHasher

from server.doctor.findings import Finding, fine, warning
from server.settings import Settings

# Equally strong pairs of KiB and iterations with p=1 (OWASP Password Storage Cheat Sheet).
_OWASP = ((47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5))
_MEASURE_SECONDS = 0.5
_REGISTERED = 0.85
"""Registrations for each hash that the cores could make: the goal of `make bench`."""
_MAX_SECONDS = 1.0
"""For one hash: the upper bound of OWASP's Password Storage Cheat Sheet ("Work Factors")."""


async def check_hashing(settings: Settings) -> list[Finding]:
    cost = settings.hashing_cost
    cores = len(os.sched_getaffinity(0))
    with ThreadPoolExecutor(cores) as threads:
        loop = asyncio.get_running_loop()
        measured = [loop.run_in_executor(threads, _seconds, settings) for _ in range(cores)]
        seconds = sum(await asyncio.gather(*measured)) / cores
    rate = cores / seconds
    what = (
        f"Argon2id m={cost.memory_kib} t={cost.iterations} p={cost.parallelism}: "
        f"{seconds * 1000:.0f} ms each, about {rate:.0f} a second on {cores} cores, by {_build()}; "
        f"enough for about {rate * _REGISTERED:.0f} registrations or logins a second"
    )
    enough = any(cost.memory_kib >= kib and cost.iterations >= times for kib, times in _OWASP)
    if not enough:
        to_do = "Remove CONNECTX_ARGON2_…, or see OWASP's Password Storage Cheat Sheet."
        return [warning("hashing", f"{what}; weaker than OWASP's minimum", to_do)]
    if seconds > _MAX_SECONDS:
        return [warning("hashing", what, "Lower CONNECTX_ARGON2_MEMORY_KIB or _ITERATIONS.")]
    return [fine("hashing", what)]


def _build() -> str:
    """The build of Argon2 in use; a wheel without a tag of a package index was built locally."""
    wheel = distribution("argon2-cffi-bindings").read_text("WHEEL") or ""
    published = any(tag in wheel for tag in ("manylinux", "musllinux", "macosx", "win"))
    return "the published wheel" if published else "a local build"


def _seconds(settings: Settings) -> float:
    """Average seconds for one hash in the calling thread."""
    cost = settings.hashing_cost
    hasher = PasswordHasher(cost.iterations, cost.memory_kib, cost.parallelism)
    begun, count = time.perf_counter(), 0
    while count == 0 or time.perf_counter() - begun < _MEASURE_SECONDS:
        hasher.hash("a password")
        count += 1
    return (time.perf_counter() - begun) / count
