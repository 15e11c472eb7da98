"""Argon2id hashing in threads, one per core, outside the event loop."""

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.low_level import ARGON2_VERSION

from accounts.hashing import formats
from accounts.hashing.admission import WAITING_PER_THREAD, Admission
from accounts.hashing.decoys import Decoys
from accounts.hashing.formats.encoded import random_bytes

T = TypeVar("T")

Watch = Callable[[int, int], None]
"""Called with the numbers of running and of waiting hashes, whenever they change."""


def unwatched(_: int, __: int) -> None:
    pass


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
    each and finish no sooner. It verifies imported hashes of other formats as well. If more than
    `max_waiting` requests wait (default: three per thread), it refuses further ones at once (Busy),
    before they wait longer than their clients do.
    """

    def __init__(
        self,
        cost: HashingCost = HashingCost(),
        *,
        threads: int | None = None,
        max_waiting: int | None = None,
        watch: Watch = unwatched,
    ) -> None:
        self._argon2 = PasswordHasher(
            time_cost=cost.iterations, memory_cost=cost.memory_kib, parallelism=cost.parallelism
        )
        self.threads = threads or len(os.sched_getaffinity(0))
        self._pool = ThreadPoolExecutor(
            self.threads, thread_name_prefix="argon2", initializer=_lower_priority
        )
        waiting = WAITING_PER_THREAD * self.threads if max_waiting is None else max_waiting
        self._admission = Admission(served=self.threads, waiting=waiting)
        self._watch = watch
        self._decoys = Decoys(_decoy(self._argon2))

    def admit(self) -> None:
        """Raises Busy if the queue is full. Called first, it makes a refusal cheap."""
        self._admission.check()

    async def hash(self, password: str) -> str:
        """The encoded hash of a normalised password. Raises Busy."""
        return await self._off_loop(lambda: self._argon2.hash(_bytes(password)))

    async def verify(
        self,
        password: str,
        against: str | None,
        *,
        raw: str | None = None,
        address_hash: str = "",
    ) -> bool:
        """Whether the normalised password matches `against`. None never matches, but costs a hash.

        Other systems hashed passwords as typed, so `raw` is tried as well if it differs.
        `address_hash` is a keyed hash of the address; it selects the decoy hash that None costs
        (accounts.hashing.decoys). Raises Busy.
        """
        encoded = self._decoys.of(address_hash) if against is None else against
        spellings = dict.fromkeys([password, password if raw is None else raw])
        matches = await self._off_loop(
            lambda: any(formats.matches(_bytes(one), encoded) for one in spellings)
        )
        return matches and against is not None

    def is_outdated(self, encoded: str) -> bool:
        """Whether a hash has another format, or other parameters than the current ones."""
        return not encoded.startswith("$argon2") or self._argon2.check_needs_rehash(encoded)

    def adopt_kinds(self, hashes: Sequence[str]) -> None:
        """From now on, unknown addresses cost hashes of the kinds in this sample."""
        self._decoys.adopt_kinds(hashes)

    def close(self) -> None:
        """Lets running hashes finish, and accepts no more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _off_loop(self, work: Callable[[], T]) -> T:
        self._admission.enter()
        try:
            running = asyncio.get_running_loop().run_in_executor(self._pool, work)
        except BaseException:
            self._admission.leave()
            raise
        running.add_done_callback(self._leave)
        self._report()
        # Shielded: a cancelled caller does not free the thread, so the request keeps its slot.
        return await asyncio.shield(running)

    def _leave(self, _: asyncio.Future[T]) -> None:
        self._admission.leave()
        self._report()

    def _report(self) -> None:
        running = min(self._admission.taken, self.threads)
        self._watch(running, self._admission.taken - running)


def _decoy(argon2: PasswordHasher) -> str:
    """A well-formed hash of random bytes, made without hashing."""
    cost = f"m={argon2.memory_cost},t={argon2.time_cost},p={argon2.parallelism}"
    salt, digest = random_bytes(argon2.salt_len), random_bytes(argon2.hash_len)
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${digest}"


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def _lower_priority() -> None:
    # On Linux, niceness is per thread: the event loop has priority over hashing.
    os.setpriority(os.PRIO_PROCESS, 0, 10)
