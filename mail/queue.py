"""How the queue of outgoing mails stands, for whoever watches it."""

from dataclasses import dataclass
from datetime import datetime

from models.database import as_moment, fetch

_STATE = """
SELECT state, count(*) AS mails, min(created_at) AS oldest FROM outgoing_mails
WHERE state IN ('queued', 'failed') GROUP BY state
"""


@dataclass(frozen=True)
class Queue:
    """`failed` are those that were given up and not swept yet."""

    queued: int = 0
    failed: int = 0
    oldest_seconds: float = 0.0
    """Since the oldest queued mail was made; 0 without one."""


async def look(*, now: datetime) -> Queue:
    """The queue of all nodes, in one statement."""
    found = {row["state"]: row for row in await fetch(_STATE)}
    counts = {state: row["mails"] for state, row in found.items()}
    age = 0.0
    if "queued" in found:
        age = max(0.0, (now - as_moment(found["queued"]["oldest"])).total_seconds())
    return Queue(counts.get("queued", 0), counts.get("failed", 0), age)
