"""Looks at what tells nobody when it changes: the pool of connections and the queue of mails."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from mail import outbox
from models.pooling import pool_use

if TYPE_CHECKING:
    from server.metrics import Metrics

_POOL_EVERY = 1.0
"""Seconds; it costs nothing."""

_QUEUE_EVERY = 5.0
"""Seconds; it costs a statement in each worker, and scrapes are further apart than that."""


async def sample_pool(metrics: "Metrics") -> None:
    """Tells the metrics until it is cancelled; SQLite has no pool."""
    while True:
        use = pool_use()
        if use is not None:
            metrics.pool(use)
        await asyncio.sleep(_POOL_EVERY)


async def sample_queue(metrics: "Metrics", *, clock: Callable[[], datetime]) -> None:
    """Tells the metrics until it is cancelled, also that the database does not answer."""
    while True:
        try:
            metrics.mails(await outbox.backlog(now=clock()))
        except Exception:  # noqa: BLE001 - it is said elsewhere why the database is away
            metrics.mails(None)
        await asyncio.sleep(_QUEUE_EVERY)
