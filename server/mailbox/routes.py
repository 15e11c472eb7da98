"""The routes of the development mailbox. It shows all codes: only for servers without SMTP."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from http import HTTPStatus
from uuid import UUID, uuid4

from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from mail.mail_transport import SendError
from mail.mailbox import kept_mails, views
from mail.mailbox.kept_mails import Recipients
from mail.mailbox.views import View
from mail.message.compose import Compose
from mail.message.mime import Sender
from server.http import security_headers

_NO_SUCH_MAIL = "There is no such mail."
_NO_SUCH_MAIL_PAGE = (
    f'<!doctype html><html lang="en"><title>{_NO_SUCH_MAIL}</title><p>{_NO_SUCH_MAIL}</p></html>'
)
_ANOTHER_SITE = (
    "The server takes this page for one of another site. A proxy may have replaced the header "
    "Host: let it pass the header on, or set CONNECTX_PUBLIC_URL to the address of this page."
)


class Mailbox:
    """The endpoints. Each composes the mails that it shows anew."""

    def __init__(
        self, compose: Compose, *, mail_from: str, admits: Callable[[HTTPConnection], bool]
    ) -> None:
        self._compose = compose
        self._sender = Sender.of(mail_from)
        self._admits = admits
        self._process = str(uuid4())
        """After a restart, templates and settings may be other ones."""

    async def page(self, request: Request) -> Response:
        """The page with its list and one mail, or only these two (`?partial`)."""
        to, chosen = request.query_params.get("to", ""), request.query_params.get("mail")
        found = await kept_mails.newest(
            Recipients((to,) if to else ()), limit=kept_mails.MAX_SHOWN + 1
        )
        # The page asks every two seconds. While nothing is new, no mail is composed.
        version = _version(self._process, to, chosen, *(str(mail.id) for mail in found))
        if request.headers.get("if-none-match") == version:
            # A browser puts these headers on the page that it has kept.
            policy = security_headers.PAGE
            headers = {"etag": version, "content-security-policy": policy}
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        mails = await kept_mails.compose_again(found[: kept_mails.MAX_SHOWN], compose=self._compose)
        if chosen is None:
            opened = mails[0] if mails else None
        else:
            opened = await self._find(chosen)
        view = View(
            mails,
            opened,
            chosen=chosen is not None,
            to=to,
            more=len(found) > kept_mails.MAX_SHOWN,
        )
        is_partial = "partial" in request.query_params
        render = views.panes if is_partial else views.page
        return _page(render(view, sender=self._sender), security_headers.PAGE, etag=version)

    async def html(self, request: Request) -> Response:
        """The HTML of one mail, for a frame of the page."""
        found = await kept_mails.find(request.path_params["mail_id"], compose=self._compose)
        if found is None:
            return _page(_NO_SUCH_MAIL_PAGE, security_headers.MAIL, status=HTTPStatus.NOT_FOUND)
        return _page(found.message.html_with_logo, security_headers.MAIL)

    async def raw(self, request: Request) -> Response:
        """The message of one mail as a mail server would get it."""
        found = await kept_mails.find(request.path_params["mail_id"], compose=self._compose)
        if found is None:
            return PlainTextResponse(_NO_SUCH_MAIL, HTTPStatus.NOT_FOUND)
        try:
            return PlainTextResponse(views.raw(found, sender=self._sender))
        except SendError as error:
            return PlainTextResponse(f"This mail cannot be sent: {error}", HTTPStatus.NOT_FOUND)

    async def clear(self, request: Request) -> Response:
        """Removes all mails. Pages of other sites may not ask for it."""
        if not self._admits(request):
            return PlainTextResponse(_ANOTHER_SITE, HTTPStatus.FORBIDDEN)
        await kept_mails.clear()
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def _find(self, mail_id: str) -> kept_mails.ShownMail | None:
        try:
            return await kept_mails.find(UUID(mail_id), compose=self._compose)
        except ValueError:
            return None


def mailbox_routes(
    compose: Compose,
    *,
    mail_from: str,
    admits: Callable[[HTTPConnection], bool],
    guard: Sequence[Middleware],
) -> list[BaseRoute]:
    """The routes. `admits` tells whether a request comes from a page of this server."""
    box = Mailbox(compose, mail_from=mail_from, admits=admits)
    return [
        Route("/mailbox", box.page, middleware=guard),
        Route("/mailbox/clear", box.clear, methods=["POST"], middleware=guard),
        Route("/mailbox/{mail_id:uuid}", box.html, middleware=guard),
        Route("/mailbox/{mail_id:uuid}/raw", box.raw, middleware=guard),
        Mount("/mailbox/static", StaticFiles(directory=views.STATIC)),
    ]


def _page(content: str, policy: str, *, status: int = HTTPStatus.OK, etag: str = "") -> Response:
    headers = {"cache-control": "no-cache", "content-security-policy": policy}
    return HTMLResponse(content, status, {**headers, "etag": etag} if etag else headers)


def _version(*parts: str | None) -> str:
    return f'"{sha256(repr(parts).encode()).hexdigest()[:16]}"'
