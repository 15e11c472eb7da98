"""Clears the cookie of a session that a mutation has ended."""

import functools
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar, cast

from accounts.sessions.current import Current, current_session
from graph.context import Context, Info

P = ParamSpec("P")
T = TypeVar("T")


def clears_ended_session(resolver: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """The same resolver. It clears the request's cookie if it ends the session in it.

    The cookie of a session that had ended before stays: another tab may have logged in meanwhile,
    and the browser must not delete the new cookie.
    """

    @functools.wraps(resolver)
    async def clearing(*args: P.args, **kwargs: P.kwargs) -> T:
        context = cast("Info", kwargs["info"]).context
        cookie = context.request_cookie
        if cookie is None or not await _runs(context):
            return await resolver(*args, **kwargs)
        answer = await resolver(*args, **kwargs)
        if not await _runs(context):
            cookie.clear()
        return answer

    return clearing


async def _runs(context: Context) -> bool:
    return isinstance(await current_session(token=context.bearer, env=context.env), Current)
