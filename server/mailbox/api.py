"""The development mailbox's JSON API: a part of Mailpit's API, for tests (docs/mailbox.md)."""

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

import orjson
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from mail.mail_transport import SendError
from mail.mailbox import json_objects, kept_mails, views
from mail.mailbox.search import Found, Search
from mail.message.compose import Compose
from mail.message.mime import Sender
from server.mailbox.requests import MailboxApiError, as_id, ids_in, number, search_in

_PATH = "/mailbox/api/v1"
_LATEST = "latest"
_MAX_SIZE = 500
"""Mails of an answer. Each is composed for it."""

_Endpoint = Callable[[Request], Awaitable[Response]]


class MailboxApi:
    """The endpoints. Their answers have the fields of Mailpit's, and `code` and `link`."""

    def __init__(self, compose: Compose, *, mail_from: str) -> None:
        self._compose = compose
        self._sender = Sender.of(mail_from)

    async def messages(self, request: Request) -> Response:
        """A part of all mails, newest first."""
        return await self._page(request, Search())

    async def search(self, request: Request) -> Response:
        """A part of the mails that match `query`, newest first."""
        return await self._page(request, search_in(request))

    async def message(self, request: Request) -> Response:
        """One mail with its contents."""
        found = await self._mail(request)
        return _json(json_objects.message(found, sender=self._sender))

    async def raw(self, request: Request) -> Response:
        """One mail as a mail server would get it."""
        found = await self._mail(request)
        try:
            return PlainTextResponse(views.raw(found, sender=self._sender))
        except SendError as error:
            raise MailboxApiError(f"This mail cannot be sent: {error}") from error

    async def delete(self, request: Request) -> Response:
        """Removes the mails that the body names, or all if there is no body."""
        ids = ids_in(await request.body())
        await (kept_mails.remove(ids) if ids else kept_mails.clear())
        return PlainTextResponse("ok")

    async def delete_found(self, request: Request) -> Response:
        """Removes the mails that match `query`."""
        await search_in(request).remove(compose=self._compose)
        return PlainTextResponse("ok")

    async def _page(self, request: Request, search: Search) -> Response:
        start = number(request, "start", default=0)
        limit = min(number(request, "limit", default=kept_mails.MAX_SHOWN), _MAX_SIZE)
        found = await self._found(search, start=start, limit=limit)
        total = await kept_mails.count()
        return _json(
            json_objects.message_list(
                found.mails, sender=self._sender, start=start, total=total, matching=found.matching
            )
        )

    async def _found(self, search: Search, *, start: int, limit: int) -> Found:
        return await search.run(start=start, limit=limit, compose=self._compose)

    async def _mail(self, request: Request) -> kept_mails.ShownMail:
        wanted = request.path_params["mail_id"]
        if wanted == _LATEST:
            search = search_in(request) if "query" in request.query_params else Search()
            newest = (await self._found(search, start=0, limit=1)).mails
            found = newest[0] if newest else None
        else:
            id_ = as_id(wanted)
            found = None if id_ is None else await kept_mails.find(id_, compose=self._compose)
        if found is None:
            raise MailboxApiError("There is no such mail.", HTTPStatus.NOT_FOUND)
        return found


def mailbox_api_routes(
    compose: Compose,
    *,
    mail_from: str,
    admits: Callable[[HTTPConnection], bool],
    guard: Sequence[Middleware],
) -> list[BaseRoute]:
    """The routes. `admits` tells whether a program asks, or a page of this server."""
    api = MailboxApi(compose, mail_from=mail_from)

    def route(path: str, endpoint: _Endpoint, method: str = "GET") -> Route:
        answer = _answering(endpoint, admits)
        return Route(_PATH + path, answer, methods=[method], middleware=guard)

    return [
        route("/messages", api.messages),
        route("/messages", api.delete, "DELETE"),
        route("/search", api.search),
        route("/search", api.delete_found, "DELETE"),
        route("/message/{mail_id}", api.message),
        route("/message/{mail_id}/raw", api.raw),
    ]


def _answering(endpoint: _Endpoint, admits: Callable[[HTTPConnection], bool]) -> _Endpoint:
    """The endpoint for those who may ask, with its refusals as answers."""

    async def answer(request: Request) -> Response:
        if not admits(request):
            # A browser would not show it the answer either. A deletion would have happened.
            return PlainTextResponse("Pages of other origins may not ask.", HTTPStatus.FORBIDDEN)
        try:
            answered = await endpoint(request)
        except MailboxApiError as error:
            answered = PlainTextResponse(str(error), error.status)
        answered.headers["cache-control"] = "no-store"
        return answered

    return answer


def _json(content: object) -> Response:
    return Response(orjson.dumps(content), media_type="application/json")
