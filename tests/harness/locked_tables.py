"""Tables that a test holds, so that whoever needs them waits."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import asyncpg


@contextmanager
def locked(url: str, table: str) -> Iterator[None]:
    """Nobody reads or writes the table while the block runs."""
    begun, ended = threading.Event(), threading.Event()

    async def lock() -> None:
        connection = await asyncpg.connect(url)
        async with connection.transaction():
            await connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            begun.set()
            await asyncio.to_thread(ended.wait)
        await connection.close()

    with ThreadPoolExecutor(1) as apart:
        holding = apart.submit(asyncio.run, lock())
        assert begun.wait(15)
        try:
            yield
        finally:
            ended.set()
            holding.result()
