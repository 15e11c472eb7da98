"""The pages that people see: the app, GraphiQL, the page that mails link to, the mailbox."""

from pathlib import Path
from uuid import UUID

from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

import graph
from mail import mailbox
from mail.compose import Compose
from server import security_headers

_HERE = Path(__file__).parent
_EXPLORER = Path(graph.__file__).parent / "explorer" / "dist"
_YEAR = 365 * 24 * 3600

# Pages name hashed files, or show what changes: a browser asks each time.
_FRESH = {"cache-control": "no-cache"}


def _page(content: Path | str, policy: str, *, status: int = 200) -> Response:
    headers = {**_FRESH, "content-security-policy": policy}
    if isinstance(content, Path):
        return FileResponse(content, status, headers, media_type="text/html; charset=utf-8")
    return HTMLResponse(content, status, headers)


def explorer() -> Response:
    """GraphiQL, or a page that says how to build it."""
    built = _EXPLORER / "index.html"
    if built.is_file():
        return _page(built, security_headers.EXPLORER)
    return _page(_HERE / "templates" / "no_explorer.html", security_headers.PAGE)


def trusted_only() -> Response:
    """Says why GraphiQL is not there: its documents are not trusted."""
    return _page(_HERE / "templates" / "trusted_only.html", security_headers.PAGE)


async def _verify(_: Request) -> Response:
    return _page(_HERE / "templates" / "verify.html", security_headers.PAGE)


class _Immutable(StaticFiles):
    """Files whose names change with their content, so that a browser never asks twice."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type] # passed on
        response.headers["cache-control"] = f"public, max-age={_YEAR}, immutable"
        return response


def routes() -> list[BaseRoute]:
    """The pages that are always there, with what they load."""
    return [
        Route("/verify", _verify),
        Mount("/graphiql", _Immutable(directory=_EXPLORER / "graphiql", check_dir=False)),
        Mount("/static", StaticFiles(directory=_HERE / "static")),
    ]


def front(*, explorer: bool) -> Route:
    """What is at the root without a web app: the way to GraphiQL, or to the API."""

    async def page(_: Request) -> Response:
        if explorer:
            # Relative, so that nothing of it comes from the Host header.
            return RedirectResponse("/graphql", status_code=302)
        return PlainTextResponse("The API is at /graphql: GraphQL over HTTP, by POST.\n")

    return Route("/", page)


def web_routes(folder: Path) -> list[BaseRoute]:
    """A built web app at the root: its one page, and the hashed files that this loads."""

    async def page(_: Request) -> Response:
        return _page(folder / "index.html", security_headers.PAGE)

    return [
        Route("/", page),
        Mount("/assets", _Immutable(directory=folder / "assets", check_dir=False)),
    ]


def mailbox_routes(compose: Compose) -> list[BaseRoute]:
    """The development mailbox. It shows every code: only for servers that send no mail."""

    async def page(request: Request) -> Response:
        mails = await mailbox.latest(compose=compose)
        render = mailbox.mailbox_list if "partial" in request.query_params else mailbox.mailbox_page
        return _page(render(mails), security_headers.PAGE)

    async def single(request: Request) -> Response:
        mail_id: UUID = request.path_params["mail_id"]
        found = await mailbox.find(mail_id, compose=compose)
        if found is None:
            return _page("There is no such mail.", security_headers.MAIL, status=404)
        return _page(found.letter.html, security_headers.MAIL)

    return [
        Route("/mailbox", page),
        Route("/mailbox/{mail_id:uuid}", single),
        Mount("/mailbox/static", StaticFiles(directory=mailbox.STATIC)),
    ]
