"""Argon2id off the event loop, as many at a time as there are cores."""

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
"""Is told how many hashes run and how many wait, whenever that changes."""


def unwatched(_: int, __: int) -> None:
    pass


@dataclass(frozen=True)
class HashingCost:
    """Argon2id's parameters; the defaults are OWASP's first choice (Password Storage Cheat Sheet).

    `memory_kib` is per hash, in KiB.
    """

    memory_kib: int = 19 * 1024
    iterations: int = 2
    parallelism: int = 1


class Hasher:
    """Makes and verifies password hashes on a pool of its own.

    As many threads as cores, because a hash is pure computation in memory of its own: more threads
    cost 19 MiB each and serve nobody sooner. Imported hashes of other formats are verified on it
    as well. Beyond `max_waiting`, by default three for each thread, a request is refused at once
    (Busy), instead of waiting for longer than its sender does.
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
            self.threads, thread_name_prefix="argon2", initializer=_give_way
        )
        waiting = WAITING_PER_THREAD * self.threads if max_waiting is None else max_waiting
        self._line = Admission(served=self.threads, waiting=waiting)
        self._watch = watch
        self._decoys = Decoys(_decoy(self._argon2))

    def admit(self) -> None:
        """Raises Busy if the line is full: asked first, a refusal costs next to nothing."""
        self._line.look()

    async def hash(self, password: str) -> str:
        """The encoded hash of a normalised password. Raises Busy."""
        return await self._off_loop(lambda: self._argon2.hash(_bytes(password)))

    async def verify(
        self,
        password: str,
        against: str | None,
        *,
        raw: str | None = None,
        stranger: str = "",
    ) -> bool:
        """Whether the normalised password is the hashed one; None is never right, and costs a hash.

        Systems that people come from have hashed what was typed, so `raw` is tried as well where it
        differs. `stranger` is a keyed hash of the address, which picks the hash that None costs
        (accounts.hashing.decoys). Raises Busy.
        """
        encoded = self._decoys.of(stranger) if against is None else against
        spellings = dict.fromkeys([password, password if raw is None else raw])
        matches = await self._off_loop(
            lambda: any(formats.matches(_bytes(one), encoded) for one in spellings)
        )
        return matches and against is not None

    def is_outdated(self, encoded: str) -> bool:
        """Whether a hash is of another format, or was made with other parameters than today's."""
        return not encoded.startswith("$argon2") or self._argon2.check_needs_rehash(encoded)

    def imitate(self, hashes: Sequence[str]) -> None:
        """From now on an unknown address costs a hash of a kind that is among these, a sample."""
        self._decoys.imitate(hashes)

    def close(self) -> None:
        """Lets running hashes finish and takes no more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _off_loop(self, work: Callable[[], T]) -> T:
        self._line.enter()
        try:
            running = asyncio.get_running_loop().run_in_executor(self._pool, work)
        except BaseException:
            self._line.leave()
            raise
        running.add_done_callback(self._leave)
        self._tell()
        # Shielded: a caller that is cancelled does not free the thread, so it keeps its place.
        return await asyncio.shield(running)

    def _leave(self, _: asyncio.Future[T]) -> None:
        self._line.leave()
        self._tell()

    def _tell(self) -> None:
        running = min(self._line.taken, self.threads)
        self._watch(running, self._line.taken - running)


def _decoy(argon2: PasswordHasher) -> str:
    """What a hash looks like, without the time that one takes."""
    cost = f"m={argon2.memory_cost},t={argon2.time_cost},p={argon2.parallelism}"
    salt, digest = random_bytes(argon2.salt_len), random_bytes(argon2.hash_len)
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${digest}"


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def _give_way() -> None:
    # On Linux niceness is per thread: the event loop answers others while hashes run.
    os.setpriority(os.PRIO_PROCESS, 0, 10)
