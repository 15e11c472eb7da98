"""The course of a soak: the load, the faults, the end of both, and the checks."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from harness.database import rows

from soak.aftermath import aftermath
from soak.answers import answers, logged, processes
from soak.checks import Check
from soak.delivery import delivery
from soak.faults import Faults
from soak.ground import Ground
from soak.inbox import Inbox
from soak.invariants import Database
from soak.ledger import Ledger
from soak.load import Load
from soak.samples import MORE_DESCRIPTORS, Samples
from soak.world import World

_OUTBOX = "SELECT count(*) AS n FROM outgoing_mails WHERE state = 'queued'"
_RETRIES = 120.0
"""Seconds of the retries after an outage, besides a lease."""
_CLOSED = 20.0
"""Seconds until connections that clients have left are closed: uvicorn waits for five."""


@dataclass(frozen=True)
class Soak:
    """What came of it."""

    ledger: Ledger
    faults: Faults
    samples: Samples
    checks: list[Check]


async def soak(ground: Ground, *, seconds: float, pause: float, lease: int, seed: int) -> Soak:
    """Load and faults for so many seconds, and at least until each fault has happened once.

    `pause` are the seconds between two faults, in the mean. A short soak has shorter ones.
    """
    ledger, inbox, samples = Ledger(), Inbox(ground.smtp.path), Samples(ground.server.pid)
    chance = random.Random(seed)  # noqa: S311 - no secret
    every = min(pause, seconds / 6)
    faults = Faults(
        server_pid=ground.server.pid,
        smtp=ground.smtp,
        cluster=ground.cluster,
        chance=chance,
        every=every,
    )
    world = World(port=ground.port, ledger=ledger, inbox=inbox, tenant=ground.tenant, chance=chance)
    load = Load(world, ground.settings, leaving_every=every / 2)
    began_with = max(samples.descriptors().values())
    async with _beside(inbox.watch()):
        async with _beside(samples.run()):
            load.start()
            breaking = asyncio.create_task(faults.run(world.stopping))
            await asyncio.sleep(seconds)
            await faults.each_happened.wait()
            world.stopping.set()
            await breaking
            await load.stop()
        await _until(lambda: not rows(ground.url, _OUTBOX)[0]["n"], lease + _RETRIES)
        afterwards = await aftermath(load.client(), ledger)
    most = began_with + MORE_DESCRIPTORS
    await _until(lambda: max(samples.descriptors().values()) <= most, _CLOSED)
    now = samples.descriptors()
    stored = Database(ground.url, ledger, secret_key=ground.settings["SECRET_KEY"])
    return Soak(
        ledger,
        faults,
        samples,
        [
            *answers(ledger, faults.happened),
            *stored.checks(),
            *afterwards,
            *delivery(ground.url, ledger, inbox.arrivals, faults.happened),
            logged(ground.server.output()),
            *processes(samples, faults.happened, began_with=began_with, now=now),
        ],
    )


@asynccontextmanager
async def _beside(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Runs this work while the block runs. Raises what it raised."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended


async def _until(condition: Callable[[], bool], seconds: float) -> None:
    """Waits for the condition, but no longer than so many seconds."""
    deadline = time.monotonic() + seconds
    while not await asyncio.to_thread(condition) and time.monotonic() < deadline:  # noqa: ASYNC110 - what a database holds sets no event
        await asyncio.sleep(0.5)
