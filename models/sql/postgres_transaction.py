"""Tortoise's transactions with PostgreSQL, which always give their connection back."""

# ruff: noqa: SLF001 - subclasses that use private names of the library

from typing import Any

from tortoise.backends.base.client import TransactionContextPooled
from tortoise.connection import get_connections

from models.sql.connect import end_if_it_only_reads


class PostgresTransaction(TransactionContextPooled):
    """Releases its connection even if the transaction cannot begin.

    Tortoise's own class keeps it. After as many failures as the pool has connections, the process
    would wait for a connection until its restart. It also ends connections that only read.
    """

    async def __aenter__(self) -> Any:
        try:
            return await super().__aenter__()
        except BaseException:
            if (token := getattr(self, "token", None)) is not None:
                get_connections().reset(token)
            taken, pool = self.client._connection, self.client._parent._pool
            if taken is not None and pool is not None:
                await pool.release(taken)
            raise

    async def __aexit__(self, *error: object) -> None:
        end_if_it_only_reads(self.client._connection, error[1])
        await super().__aexit__(*error)
