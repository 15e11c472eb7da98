"""The control API of a test server: `/test/…` (docs/test-server.md)."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from accounts.sweep import sweep
from mail import outbox
from models import in_memory
from server.composition import Parts
from server.http.cors import Origins
from server.settings import Settings
from server.test_server import people
from server.test_server.chosen_answers import ChosenAnswers
from server.test_server.clock import MovableClock
from server.test_server.control_error import ControlError, refuse_other_keys

PATH = "/test"

_MAIL_TIMEOUT = 2.0
"""Seconds for the mail worker to send what is queued. A mail that cannot be sent stays queued."""
_INTERVAL = 0.005

_Endpoint = Callable[[Request], Awaitable[object]]


class Controls:
    """The endpoints. Each returns the JSON of its answer, or raises ControlError."""

    def __init__(
        self, parts: Parts, settings: Settings, *, clock: MovableClock, answers: ChosenAnswers
    ) -> None:
        self._env = parts.environment
        self._wake_mail_worker = parts.mail_worker.wake
        self._settings = settings
        self._clock = clock
        self._answers = answers

    async def now(self, _: Request) -> object:
        """The time on the server's clock."""
        return self._now()

    async def reset(self, request: Request) -> object:
        """Removes users, tenants, mails, counters and chosen answers; the clock runs as usual."""
        if await request.body():
            refuse_other_keys(await _object(request), ())
        self._answers.clear()
        self._clock.reset()
        await in_memory.delete_everything()
        return self._now()

    async def seed(self, request: Request) -> object:
        """Stores the users of the body, in the format of `connectx users import`."""
        return await people.seed(await request.body(), env=self._env)

    async def tenants(self, request: Request) -> object:
        """Creates a tenant."""
        tenant = await people.add_tenant(await _object(request), env=self._env)
        return {"id": str(tenant.id), "name": tenant.name}

    async def advance(self, request: Request) -> object:
        """Puts the clock forward. What is due by then happens at once."""
        asked = await _object(request)
        refuse_other_keys(asked, {"seconds"})
        seconds = asked.get("seconds")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds <= 0:
            raise ControlError("`seconds` takes a number above 0.")
        await self._leave_no_mail()
        try:
            self._clock.advance(seconds)
        except OverflowError as error:
            raise ControlError("`seconds` takes a number that leads to a date.") from error
        await sweep(
            now=self._clock(),
            audit_days=self._settings.audit_days,
            unverified_days=self._settings.unverified_days,
        )
        self._env.subscribers.poll_now()
        self._wake_mail_worker()
        return self._now()

    async def fail(self, request: Request) -> object:
        """Chooses the next answers of a mutation."""
        self._answers.choose(await _object(request))
        return {}

    async def _leave_no_mail(self) -> None:
        """Waits until the mails of earlier requests are sent. Later, their codes have expired."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_MAIL_TIMEOUT):
                while (await outbox.backlog(now=self._clock())).queued:
                    self._wake_mail_worker()
                    await asyncio.sleep(_INTERVAL)

    def _now(self) -> object:
        return {"now": self._clock().isoformat()}


def control_routes(controls: Controls, origins: Origins) -> list[BaseRoute]:
    """The routes, for programs and for pages that may use the API."""
    acts = (controls.reset, controls.seed, controls.tenants, controls.advance, controls.fail)

    def route(path: str, endpoint: _Endpoint, method: str) -> Route:
        answer = _answering(endpoint, origins.admits)
        return Route(path, answer, methods=[method], middleware=origins.middleware())

    return [
        route(PATH, controls.now, "GET"),
        *(route(f"{PATH}/{act.__name__}", act, "POST") for act in acts),
    ]


def _answering(
    endpoint: _Endpoint, admits: Callable[[HTTPConnection], bool]
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if not admits(request):
            return _json({"error": "Pages of this origin may not ask."}, HTTPStatus.FORBIDDEN)
        try:
            return _json(await endpoint(request))
        except ControlError as error:
            return _json({"error": str(error)}, HTTPStatus.BAD_REQUEST)
        except people.BadLinesError as error:
            told = {"error": "Nothing is stored.", "bad": [*people.problems(error.lines)]}
            return _json(told, HTTPStatus.BAD_REQUEST)
        except ClientDisconnect:
            # Nobody reads this: the client has gone, or was told 413 before its body was read.
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    return answer


async def _object(request: Request) -> dict[str, Any]:
    try:
        found = orjson.loads(await request.body())
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise ControlError("The body has to be a JSON object.")
    return found


def _json(content: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    headers = {"cache-control": "no-store"}
    return Response(orjson.dumps(content), status, headers, media_type="application/json")
