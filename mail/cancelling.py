"""What becomes of work in tasks that are cancelled."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

_GRACE = 5.0
"""Seconds, for example for a mail on its way to arrive when the loop is stopped."""

_T = TypeVar("_T")


async def even_if_cancelled(work: Coroutine[object, object, _T]) -> _T:
    """The result of `work`, which a cancellation gives some seconds to come to its end.

    A mail of which nobody knows whether it arrived would be sent again.
    """
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=_GRACE)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise


async def side_by_side(works: Iterable[Coroutine[Any, Any, _T]]) -> list[_T]:
    """What they come to; the first exception, once the others are cancelled and have ended.

    A TaskGroup would leave the task marked as cancelled then (Python 3.11), as `run` must not be.
    """
    tasks = [asyncio.create_task(work) for work in works]
    try:
        if tasks:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in tasks:
        if not task.cancelled() and (error := task.exception()):
            raise error
    return [task.result() for task in tasks]


def check_not_cancelled() -> None:
    """Raises the CancelledError in whose place an outage came, if one did."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
