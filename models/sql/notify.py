"""Notifies all processes of users who were verified or have another address, by NOTIFY."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NoReturn
from uuid import UUID

import asyncpg

from models.configuration import Pool
from models.sql.connect import connect
from models.sql.database import dialect, fetch

_CHANNEL = "connectx_verified"

_NAME = "connectx listener"
"""The connection's name in PostgreSQL's pg_stat_activity."""

_LOOK_EVERY = 10.0
"""Seconds between checks, which detect a connection that was lost silently."""


def notify_sql(user_id: str) -> str:
    """SQL that notifies all listeners of a user once its transaction is committed.

    `user_id` is SQL for the user's id. On SQLite this does nothing: its one process notifies
    itself.
    """
    return f"pg_notify('{_CHANNEL}', {user_id}::text)" if dialect() == "postgres" else "NULL"


async def notify(done_id: UUID) -> None:
    """Notifies all listeners, once the caller's transaction is committed, of what is done.

    That is a user who was verified, or the verification of another address.
    """
    if dialect() == "postgres":
        await fetch(f"SELECT {notify_sql('$1::text')}", str(done_id))


class Listener:
    """A connection that is notified of verified users and of completed changes of an address."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self._lost = asyncio.Event()
        connection.add_termination_listener(lambda _: self._lost.set())

    async def until_lost(self) -> NoReturn:
        """Waits until the connection is lost, then raises ConnectionError or another outage."""
        while not self._lost.is_set():
            try:
                # Not `wait_for`: on Python 3.11, it drops a cancellation that comes with the event.
                async with asyncio.timeout(_LOOK_EVERY):
                    await self._lost.wait()
            except TimeoutError:
                await self._connection.execute("SELECT pg_backend_pid()")
        raise ConnectionError("the database ended it")


@asynccontextmanager
async def listen(url: str, pool: Pool, *, heard: Callable[[UUID], None]) -> AsyncIterator[Listener]:
    """Calls `heard` with each id that any process notifies of from now on.

    It opens its own connection: a pooled one would be missing for requests, and has to be released.
    """
    connection = await connect(url, pool, name=_NAME)
    try:
        listener = Listener(connection)
        await connection.add_listener(_CHANNEL, lambda *notice: _tell(heard, notice[-1]))
        yield listener
    finally:
        connection.terminate()  # closing would wait for a database that may be gone


def _tell(heard: Callable[[UUID], None], payload: str) -> None:
    try:
        user_id = UUID(payload)
    except ValueError:
        return  # not from connectx
    heard(user_id)
