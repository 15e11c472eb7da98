"""The pool of PostgreSQL connections: what its connections are, and how many are in use."""

from dataclasses import dataclass

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient

from models.database import connection


class PooledSession(asyncpg.Connection):  # type: ignore[misc] # asyncpg ships no types
    """A pooled connection that is given back without a statement that resets it.

    The statement would cost as much as the one that the connection was taken for. Nothing here
    changes a session's state; a transaction that is still open is rolled back.
    """

    def get_reset_query(self) -> str:
        return ""


@dataclass(frozen=True)
class PoolUse:
    """Connections of this process."""

    in_use: int
    idle: int
    most: int


def pool_use() -> PoolUse | None:
    """How the pool is used at this moment; None with SQLite, or before the first connection."""
    client = connection()
    pool = client._pool if isinstance(client, AsyncpgDBClient) else None  # noqa: SLF001 - has no public name
    if pool is None:
        return None
    idle = pool.get_idle_size()
    return PoolUse(in_use=pool.get_size() - idle, idle=idle, most=pool.get_max_size())
