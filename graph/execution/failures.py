"""Turns outages and bugs into answers, in one place."""

import asyncio
import functools
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Any, ParamSpec, TypeVar, cast
from uuid import uuid4

import strawberry
from strawberry.types import get_object_definition

from accounts.hashing.admission import Busy
from accounts.outages import described, retry_after
from graph.context import Info
from graph.errors import InternalError, UnavailableError

_log = logging.getLogger("connectx.graph")

P = ParamSpec("P")
T = TypeVar("T")


def answers_failures(
    resolver: Callable[P, Awaitable[T]],
) -> Callable[P, Awaitable[T | UnavailableError | InternalError]]:
    """A mutation's resolver that answers an outage and a bug with their types, and in time."""
    timely = in_time(resolver)

    @functools.wraps(resolver)
    async def guarded(*args: P.args, **kwargs: P.kwargs) -> T | UnavailableError | InternalError:
        info = cast("Info", kwargs["info"])
        answer: T | UnavailableError | InternalError
        with info.context.observer.mutation(info.field_name) as tell:
            try:
                answer = await timely(*args, **kwargs)
            except Exception as error:  # noqa: BLE001 - the one place where all of them end
                answer = failure(error)
            tell(_type_name(answer))
        return answer

    return guarded


def _type_name(answer: object) -> str:
    """The member of the union, from the answer itself: a client need not ask for its name."""
    return get_object_definition(answer, strict=True).name


def in_time(resolver: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """A resolver that ends in TimeoutError when the request's patience does."""

    @functools.wraps(resolver)
    async def timely(*args: P.args, **kwargs: P.kwargs) -> T:
        info = cast("Info", kwargs["info"])  # Strawberry hands it over by its name
        loop = asyncio.get_running_loop()
        # What asyncio.wait does, which takes a third of the time of a request that asks for little.
        over: asyncio.Future[T] = loop.create_future()
        task = loop.create_task(_settle(over, lambda: resolver(*args, **kwargs)))
        timer = loop.call_later(info.context.patience, _give_up, over)
        try:
            return await over
        finally:
            timer.cancel()
            # Not awaited: to take leave of a database that does not answer takes its time too.
            task.cancel()

    return timely


async def begun_in_time(
    values: AsyncGenerator[T, None], *, patience: float
) -> AsyncGenerator[T, None]:
    """The same values; TimeoutError, if the first one takes longer than the request's patience."""
    first = asyncio.ensure_future(anext(values))
    try:
        await asyncio.wait({first}, timeout=patience)
    finally:
        if not first.done():
            # Not awaited: to take leave of a database that does not answer takes its time too.
            leaving = asyncio.create_task(_leave(first, values))
            _LEAVING.add(leaving)
            leaving.add_done_callback(_LEAVING.discard)
    if not first.done():
        raise TimeoutError
    async with aclosing(values):
        yield first.result()
        async for value in values:
            yield value


_LEAVING: set[asyncio.Task[None]] = set()
"""Held, as the event loop itself forgets its tasks."""


async def _leave(first: asyncio.Future[T], values: AsyncGenerator[T, None]) -> None:
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    await values.aclose()


async def _settle(over: asyncio.Future[T], resolve: Callable[[], Awaitable[T]]) -> None:
    """Has what comes of the resolver come of the future, if that still waits."""
    try:
        result = await resolve()
    except BaseException as error:  # noqa: BLE001 - whoever waits is told
        if not over.done():
            over.set_exception(error)
    else:
        if not over.done():
            over.set_result(result)


def _give_up(over: asyncio.Future[Any]) -> None:
    if not over.done():
        over.set_exception(TimeoutError())


def failure(error: Exception) -> UnavailableError | InternalError:
    """What a client is told of an exception; the log is told the rest, under the same id."""
    seconds = retry_after(error)
    if seconds is not None:
        # A full line is told by the hasher, seldom: its refusals come in great numbers.
        if not isinstance(error, Busy):
            _log.warning("unavailable: %s", described(error))
        return UnavailableError(retry_after_seconds=seconds)
    incident = uuid4().hex
    _log.error("incident %s", incident, exc_info=error)
    return InternalError(incident_id=strawberry.ID(incident))
