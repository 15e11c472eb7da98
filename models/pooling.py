"""asyncpg's pooled sessions, lent at the least cost."""

# ruff: noqa: SLF001 - subclasses for what the libraries keep to themselves

from dataclasses import dataclass
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.backends.base.client import PoolConnectionWrapper

from models.database import connection


class PooledSession(asyncpg.Connection):  # type: ignore[misc] # asyncpg ships no types
    """A pooled session that is given back as it is, after a rollback where one is due.

    asyncpg would send statements to reset it, which cost as much as what it was taken for. Nothing
    here changes a session's state.
    """

    async def reset(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109 - asyncpg's
        if self.is_in_transaction() or self._top_xact is not None:
            await super().reset(timeout=timeout)

    def get_reset_query(self) -> str:
        return ""


class LentSession(PoolConnectionWrapper):  # type: ignore[type-arg] # the library's own says as little
    """One of the pool's sessions. Given back at once after a block that has ended well.

    The pool's own way takes a task for it, as a reset might be cancelled: a tenth of the time of a
    request with one statement. Without a reset there is nothing to wait for. Inside the block, the
    session is itself, without the pool's wrapper around each of its methods.
    """

    async def __aenter__(self) -> Any:
        lent: Any = await super().__aenter__()
        return lent._con

    async def __aexit__(self, error: object, *rest: object) -> None:
        lent: Any = self.connection
        if error is not None or lent._con is None:
            await super().__aexit__(error, *rest)
        else:
            lent._con._on_release()
            await lent._holder.release(None)


@dataclass(frozen=True)
class PoolUse:
    """Connections of this process."""

    in_use: int
    idle: int
    most: int


def pool_use() -> PoolUse | None:
    """How the pool is used at this moment; None with SQLite, or before the first connection."""
    client = connection()
    pool = client._pool if isinstance(client, AsyncpgDBClient) else None
    if pool is None:
        return None
    idle = pool.get_idle_size()
    return PoolUse(in_use=pool.get_size() - idle, idle=idle, most=pool.get_max_size())
