"""The one SQLite connection of a process: what fails or is cancelled on it blocks nothing later."""

import asyncio
import sqlite3
from collections.abc import Awaitable
from pathlib import Path
from typing import TypeVar

import pytest
from harness.database import rows
from tortoise.exceptions import OperationalError

from models.sql.database import connected, fetch, transaction

T = TypeVar("T")

_SLOW = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 3000000)
SELECT count(*) AS n FROM numbers
"""

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def soon(work: Awaitable[T]) -> T:
    """The result, unless it hangs."""
    async with asyncio.timeout(15):
        return await work


async def cancelled(task: asyncio.Task[None]) -> None:
    """Ends the task in the middle of what it waits for."""
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_transaction_that_is_cancelled_while_it_begins_blocks_nothing(database):
    async def slow() -> None:
        await fetch(_SLOW)

    async def begin() -> None:
        async with transaction():
            pytest.fail("the thread of SQLite is busy")

    await fetch("SELECT 1")
    # SQLite's thread goes on with the statement, so that BEGIN has to wait for it.
    await cancelled(asyncio.create_task(slow()))
    await cancelled(asyncio.create_task(begin()))

    assert await soon(fetch("SELECT 1 AS one")) == [{"one": 1}]


async def test_what_is_written_after_a_cancelled_transaction_is_stored_at_once(
    database, database_url
):
    async def begin() -> None:
        async with transaction():
            await asyncio.sleep(0)

    for _ in range(20):
        await cancelled(asyncio.create_task(begin()))
    await soon(fetch("CREATE TABLE afterwards (n)"))
    await soon(fetch("INSERT INTO afterwards VALUES (1)"))

    assert rows(database_url, "SELECT n FROM afterwards") == [{"n": 1}]


async def test_a_database_that_could_not_be_opened_is_opened_by_a_later_statement(
    database_url, tmp_path: Path
):
    async def begin() -> None:
        async with transaction():
            pytest.fail("there is no database")

    folder = tmp_path / "later"
    async with connected(f"sqlite://{folder / 'connectx.sqlite3'}"):
        for _ in range(2):
            with pytest.raises((OperationalError, sqlite3.OperationalError)):
                await soon(fetch("SELECT 1"))
            with pytest.raises((OperationalError, sqlite3.OperationalError)):
                await soon(begin())
        folder.mkdir()
        async with transaction():
            [row] = await soon(fetch("PRAGMA journal_mode"))

    assert row == {"journal_mode": "wal"}
