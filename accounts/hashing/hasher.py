"""Argon2id hashing in threads, one per core, outside the event loop."""

import asyncio
import os
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.low_level import ARGON2_VERSION

from accounts.hashing import formats
from accounts.hashing.admission import LONGEST_WAIT, Admission, Load
from accounts.hashing.decoys import Decoys
from accounts.hashing.formats.encoded import random_base64
from accounts.hashing.jobs import Job, Queue, always

T = TypeVar("T")


@dataclass(frozen=True)
class HashingCost:
    """Argon2id's parameters. The defaults are OWASP's first choice (Password Storage Cheat Sheet).

    `memory_kib` is KiB per hash.
    """

    memory_kib: int = 19 * 1024
    iterations: int = 2
    parallelism: int = 1


class Hasher:
    """Makes and verifies password hashes in its own thread pool.

    By default it has a thread per core: a hash only computes, so more threads would cost 19 MiB
    each and finish no sooner. It verifies imported hashes of other formats as well. A request that
    would wait longer than `longest_wait` seconds is refused at once (accounts.hashing.admission).
    """

    def __init__(
        self,
        cost: HashingCost = HashingCost(),
        *,
        threads: int | None = None,
        longest_wait: float = LONGEST_WAIT,
    ) -> None:
        self._argon2 = PasswordHasher(
            time_cost=cost.iterations, memory_cost=cost.memory_kib, parallelism=cost.parallelism
        )
        self.threads = threads or len(os.sched_getaffinity(0))
        self._pool = ThreadPoolExecutor(
            self.threads, thread_name_prefix="argon2", initializer=_lower_priority
        )
        self._admission = Admission(threads=self.threads, longest_wait=longest_wait)
        decoy = _decoy(self._argon2)
        self._kind = _kind(decoy)
        self._decoys = Decoys(decoy)

    def admit(self, queue: Queue) -> None:
        """Raises Busy if the wait in this queue is too long.

        Call it before other work, so that a refused request costs little.
        """
        self._admission.check(queue)

    async def hash(
        self, password: str, *, queue: Queue, is_wanted: Callable[[], bool] = always
    ) -> str:
        """The encoded hash of a normalised password. Raises Busy."""
        work = partial(self._argon2.hash, _bytes(password))
        return await self._off_loop(Job(work, self._kind, is_wanted), queue)

    async def verify(
        self,
        password: str,
        against: str | None,
        *,
        raw: str | None = None,
        address_hash: str = "",
        is_wanted: Callable[[], bool] = always,
    ) -> bool:
        """Whether the normalised password matches `against`. None never matches, but costs a hash.

        Other systems hashed passwords as typed, so `raw` is tried as well if it differs.
        `address_hash` is a keyed hash of the address; it selects the decoy hash that None costs
        (accounts.hashing.decoys). It waits in the queue of logins. Raises Busy.
        """
        encoded = self._decoys.of(address_hash) if against is None else against
        spellings = dict.fromkeys([password, password if raw is None else raw])
        job = Job(partial(_matches_any, spellings, encoded), _kind(encoded), is_wanted)
        matches = await self._off_loop(job, Queue.LOGIN)
        return matches and against is not None

    def is_outdated(self, encoded: str) -> bool:
        """Whether a hash has another format, or other parameters than the current ones."""
        return not encoded.startswith("$argon2") or self._argon2.check_needs_rehash(encoded)

    def adopt_kinds(self, hashes: Sequence[str]) -> None:
        """From now on, unknown addresses cost hashes of the kinds in this sample."""
        self._decoys.adopt_kinds(hashes)

    def load(self) -> Load:
        return self._admission.load()

    def close(self) -> None:
        """Lets running hashes finish, and accepts no more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._admission.close()

    async def _off_loop(self, job: Job[T], queue: Queue) -> T:
        self._admission.enter(queue, job)
        try:
            # Each job submits one call. The call runs whichever job is next.
            self._pool.submit(self._run_next)
        except RuntimeError:  # closed
            job.result.cancel()
        return await asyncio.wrap_future(job.result)

    def _run_next(self) -> None:
        job = self._admission.next()
        if job is None:
            return
        begun = time.monotonic()
        try:
            result, error = job.work(), None
        except BaseException as raised:  # noqa: BLE001 - raised where the result is awaited
            result, error = None, raised
        # First, as whoever gets the result may come back at once.
        self._admission.ended(job, time.monotonic() - begun)
        if error is None:
            job.result.set_result(result)
        else:
            job.result.set_exception(error)


def _decoy(argon2: PasswordHasher) -> str:
    """A well-formed hash of random bytes, made without hashing."""
    cost = f"m={argon2.memory_cost},t={argon2.time_cost},p={argon2.parallelism}"
    salt, digest = random_base64(argon2.salt_len), random_base64(argon2.hash_len)
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${digest}"


def _kind(encoded: str) -> str:
    parsed = formats.read(encoded)
    return "" if parsed is None else parsed.kind


def _matches_any(passwords: Iterable[str], encoded: str) -> bool:
    return any(formats.matches(_bytes(password), encoded) for password in passwords)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def _lower_priority() -> None:
    # On Linux, niceness is per thread: the event loop has priority over hashing.
    os.setpriority(os.PRIO_PROCESS, 0, 10)
