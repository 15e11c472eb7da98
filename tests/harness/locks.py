"""Locks that a test holds in PostgreSQL, so that whoever needs them waits."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import asyncpg
from harness.database import rows
from harness.polling import eventually

T = TypeVar("T")

_WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@contextmanager
def locked(url: str, table: str) -> Iterator[None]:
    """Nobody reads or writes the table while the block runs."""
    with undone(url, f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"):
        yield


@contextmanager
def undone(url: str, statement: str) -> Iterator[None]:
    """Holds what the statement locks while the block runs, and then undoes what it has changed."""
    begun, ended = threading.Event(), threading.Event()

    async def hold() -> None:
        connection = await asyncpg.connect(url)
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute(statement)
        begun.set()
        await asyncio.to_thread(ended.wait)
        await transaction.rollback()
        await connection.close()

    with ThreadPoolExecutor(1) as apart:
        holding = apart.submit(asyncio.run, hold())
        assert begun.wait(15)
        try:
            yield
        finally:
            ended.set()
            holding.result()


def until_a_statement_waits(url: str, *, count: int = 1, begins: str = "") -> None:
    """Until so many statements wait for locks, which begin with these words."""
    begun = f"{_WAITING} AND starts_with(ltrim(query, chr(10)), '{begins}')"
    eventually(lambda: len(rows(url, begun)) >= count, "statements that wait")


def overtake(url: str, work: Callable[[], T], statement: str) -> T:
    """The result of work that has waited for all rows of users, which the statement has changed."""

    async def race() -> T:
        holder = await asyncpg.connect(url)
        try:
            async with holder.transaction():
                await holder.execute("SELECT FROM users FOR UPDATE")
                overtaken = asyncio.create_task(asyncio.to_thread(work))
                await asyncio.to_thread(until_a_statement_waits, url)
                await holder.execute(statement)
            return await overtaken
        finally:
            await holder.close()

    return asyncio.run(race())
