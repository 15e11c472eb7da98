"""Tells every process of a database which users have been verified."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, NoReturn
from uuid import UUID

import asyncpg

from models.configuration import Pool, tortoise_config
from models.sql.database import dialect

_CHANNEL = "connectx_verified"

_NAME = "connectx listener"
"""What PostgreSQL calls the connection, in pg_stat_activity."""

_LOOK_EVERY = 10.0
"""Seconds. A connection whose other end is silently gone is found out by then."""


def notify_sql(user_id: str) -> str:
    """The SQL that tells all who listen of a user, once its transaction is committed.

    `user_id` is the SQL for the user's id. On SQLite it does nothing: its one process tells itself.
    """
    return f"pg_notify('{_CHANNEL}', {user_id}::text)" if dialect() == "postgres" else "NULL"


class Listener:
    """A connection that hears which users have been verified."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self._lost = asyncio.Event()
        connection.add_termination_listener(lambda _: self._lost.set())

    async def until_lost(self) -> NoReturn:
        """Raises ConnectionError or another outage once the connection is of no use any more."""
        while not self._lost.is_set():
            try:
                await asyncio.wait_for(self._lost.wait(), _LOOK_EVERY)
            except TimeoutError:
                await self._connection.execute("SELECT pg_backend_pid()")
        raise ConnectionError("the database ended it")


@asynccontextmanager
async def listen(url: str, pool: Pool, *, heard: Callable[[UUID], None]) -> AsyncIterator[Listener]:
    """Calls `heard` for each user that any process verifies from now on.

    On a connection of its own: one from the pool would be missed by requests, and given back.
    """
    connection = await asyncpg.connect(**_options(url, pool))
    try:
        listener = Listener(connection)
        await connection.add_listener(_CHANNEL, lambda *notice: _tell(heard, notice[-1]))
        yield listener
    finally:
        connection.terminate()  # a farewell would wait for a database that may be gone


def _tell(heard: Callable[[UUID], None], payload: str) -> None:
    try:
        user_id = UUID(payload)
    except ValueError:
        return  # somebody else's
    heard(user_id)


def _options(url: str, pool: Pool) -> dict[str, Any]:
    """How to connect as the pool does, under another name."""
    options = dict(tortoise_config(url, pool)["connections"]["postgres"]["credentials"])
    del options["minsize"], options["maxsize"]
    settings = {**options["server_settings"], "application_name": _NAME}
    return {**options, "server_settings": settings}
