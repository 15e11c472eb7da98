"""What every benchmark starts with: the tests' harness, and a PostgreSQL of its own."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from harness.database import migrate
from harness.postgres import Cluster

from accounts.limits.defaults import RateLimits

UNLIMITED = {f"LIMIT_{rule.name.upper()}": "1000000/hour" for rule in fields(RateLimits)}
"""Limits that are counted, and that nothing reaches."""


@contextmanager
def postgres_settings(options: str = "-c fsync=on") -> Iterator[dict[str, str]]:
    """The settings for a server on a migrated database in a PostgreSQL of its own."""
    cluster = Cluster()
    cluster.start(options=options)
    url = cluster.url("postgres")
    migrate(url)
    try:
        yield {"DATABASE_URL": url, "SECRET_KEY": "k" * 32}
    finally:
        cluster.stop("immediate")


def timed(call: Callable[[], Any], *, expected: str) -> float:
    """Seconds of one call, whose answer has to have the expected type."""
    begun = time.perf_counter()
    answer = call()
    seconds = time.perf_counter() - begun
    if answer["__typename"] != expected:
        raise RuntimeError(answer)
    return seconds


def median_ms(seconds: Sequence[float]) -> float:
    return statistics.median(seconds) * 1000


def percentile_ms(seconds: Sequence[float], percent: int) -> float:
    return sorted(seconds)[min(len(seconds) - 1, len(seconds) * percent // 100)] * 1000
