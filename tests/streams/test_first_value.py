"""A client that leaves at the very moment at which its subscription fails."""

import asyncio
import gc
from collections.abc import AsyncGenerator
from typing import Any

from graph.execution.failures import first_in_time


async def test_an_outage_that_nobody_waits_for_any_more_leaves_no_unread_exception():
    loop = asyncio.get_running_loop()
    unread: list[dict[str, Any]] = []
    # What it is given by default is written to the log, as an error with a traceback.
    loop.set_exception_handler(lambda _, context: unread.append(context))
    database: asyncio.Future[str] = loop.create_future()
    began, failed = asyncio.Event(), asyncio.Event()

    async def values() -> AsyncGenerator[str, None]:
        began.set()
        try:
            yield await database
        finally:
            failed.set()

    others = asyncio.all_tasks()
    asked = asyncio.create_task(anext(first_in_time(values(), seconds=10)))
    await began.wait()
    database.set_exception(ConnectionError())
    asked.cancel()
    await asyncio.wait({asked})
    assert asked.cancelled()
    await failed.wait()
    del asked  # whose traceback holds what it has waited for
    await asyncio.gather(*(asyncio.all_tasks() - others))
    gc.collect()

    assert unread == []
