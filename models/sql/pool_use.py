"""How many connections this process has to PostgreSQL."""

from dataclasses import dataclass

from models.sql.database import connection
from models.sql.postgres import PostgresDatabaseClient


@dataclass(frozen=True)
class PoolUse:
    """Numbers of connections of this process."""

    in_use: int
    idle: int
    most: int


def pool_use() -> PoolUse | None:
    """The current use of the pool; None with SQLite, or before the first connection."""
    client = connection()
    pool = client.pool if isinstance(client, PostgresDatabaseClient) else None
    if pool is None:
        return None
    idle = pool.get_idle_size()
    return PoolUse(in_use=pool.get_size() - idle, idle=idle, most=pool.get_max_size())
