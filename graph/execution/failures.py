"""Turns outages and bugs into answers, and limits the time of resolvers."""

import asyncio
import functools
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Any, ParamSpec, TypeVar, cast
from uuid import uuid4

import strawberry
from graphql import GraphQLError
from strawberry.types import get_object_definition

from accounts.hashing.admission import Busy
from accounts.outages import described, retry_after
from graph.context import Info
from graph.errors import InternalError, UnavailableError
from graph.messages import translate

_log = logging.getLogger("connectx.graph")

P = ParamSpec("P")
T = TypeVar("T")


class RefusedFieldError(GraphQLError):
    """A field error whose message the client may see. It holds no value of a request."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message, extensions={"code": code})


def with_error_types(
    resolver: Callable[P, Awaitable[T]],
) -> Callable[P, Awaitable[T | UnavailableError | InternalError]]:
    """A mutation's resolver with a time limit, whose outages and bugs become error types.

    It reports the outcome to the request's observer, and translates messages for the client.
    """
    timely = with_time_limit(resolver)

    @functools.wraps(resolver)
    async def guarded(*args: P.args, **kwargs: P.kwargs) -> T | UnavailableError | InternalError:
        info = cast("Info", kwargs["info"])
        answer: T | UnavailableError | InternalError
        with info.context.observer.mutation(info.field_name) as report:
            try:
                answer = await timely(*args, **kwargs)
            except Exception as error:  # noqa: BLE001 - every exception becomes an answer
                answer = failure(error)
            report(_type_name(answer))
        language = info.context.language()
        if language is not None:
            translate(answer, language)
        return answer

    return guarded


def _type_name(answer: object) -> str:
    """The name of the union's member, even if the client does not request `__typename`."""
    return get_object_definition(answer, strict=True).name


def with_time_limit(resolver: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Makes a resolver raise TimeoutError after the request's `timeout` (seconds)."""

    @functools.wraps(resolver)
    async def timely(*args: P.args, **kwargs: P.kwargs) -> T:
        info = cast("Info", kwargs["info"])  # Strawberry passes it by name
        loop = asyncio.get_running_loop()
        # This does the same as asyncio.wait, which would slow down small requests considerably.
        outcome: asyncio.Future[T] = loop.create_future()
        task = loop.create_task(_resolve_into(outcome, lambda: resolver(*args, **kwargs)))
        timer = loop.call_later(info.context.timeout, _time_out, outcome)
        try:
            return await outcome
        finally:
            timer.cancel()
            # Not awaited: if the database does not answer, the cancellation takes time as well.
            task.cancel()

    return timely


async def first_in_time(
    values: AsyncGenerator[T, None], *, seconds: float
) -> AsyncGenerator[T, None]:
    """The same values. Raises TimeoutError if the first takes longer than `seconds`."""
    first = asyncio.ensure_future(anext(values))
    came = False
    try:
        await asyncio.wait({first}, timeout=seconds)
        came = first.done()
    finally:
        # Also if the first is done: a client that leaves at that moment never gets it.
        if not came:
            # Not awaited: if the database does not answer, the cancellation takes time as well.
            cancellation = asyncio.create_task(_cancel(first, values))
            _CANCELLATIONS.add(cancellation)
            cancellation.add_done_callback(_CANCELLATIONS.discard)
    if not came:
        raise TimeoutError
    async with aclosing(values):
        yield first.result()
        async for value in values:
            yield value


_CANCELLATIONS: set[asyncio.Task[None]] = set()
"""References to tasks, as the event loop keeps only weak ones."""


async def _cancel(first: asyncio.Future[T], values: AsyncGenerator[T, None]) -> None:
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    await values.aclose()


async def _resolve_into(outcome: asyncio.Future[T], resolve: Callable[[], Awaitable[T]]) -> None:
    """Sets the future to the resolver's result or exception, unless it is already done."""
    try:
        result = await resolve()
    except BaseException as error:  # noqa: BLE001 - raised where the future is awaited
        if not outcome.done():
            outcome.set_exception(error)
    else:
        if not outcome.done():
            outcome.set_result(result)


def _time_out(outcome: asyncio.Future[Any]) -> None:
    if not outcome.done():
        outcome.set_exception(TimeoutError())


def failure(error: Exception) -> UnavailableError | InternalError:
    """The error type for an exception. The log has the cause of a bug, under the same id."""
    seconds = retry_after(error)
    if seconds is not None:
        # accounts.hashing logs Busy itself, at most once a second, as there may be many.
        if not isinstance(error, Busy):
            _log.warning("unavailable: %s", described(error))
        return UnavailableError(retry_after_seconds=seconds)
    incident = uuid4().hex
    _log.error("incident %s", incident, exc_info=error)
    return InternalError(incident_id=strawberry.ID(incident))
