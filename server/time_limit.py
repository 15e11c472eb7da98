"""A time limit for what a request asks of the database besides GraphQL."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def in_time(work: Coroutine[Any, Any, T], *, seconds: float) -> T:
    """The result of the work. Raises TimeoutError after `seconds`.

    Unlike asyncio.timeout, it does not wait for cancelled work to end: a connection to a database
    that hangs is given back only after the timeout of its statements.
    """
    task = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
    finally:
        task.cancel()
    if not done:
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # is known
        raise TimeoutError
    return await task
