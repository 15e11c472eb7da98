"""The HTML pages: web app and GraphiQL; and the files that pages need."""

from pathlib import Path

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
from server.brand import Brand
from server.http import security_headers

_HERE = Path(__file__).parent
_EXPLORER = Path(graph.__file__).parent / "explorer" / "dist"
_YEAR_SECONDS = 365 * 24 * 3600

# Pages change, or refer to files with hashed names, so browsers must revalidate them.
_NO_CACHE = {"cache-control": "no-cache"}

# For files with hashed names.
_IMMUTABLE = {"cache-control": f"public, max-age={_YEAR_SECONDS}, immutable"}


def _page(content: Path | str, policy: str, *, status: int = 200) -> Response:
    headers = {**_NO_CACHE, "content-security-policy": policy}
    if isinstance(content, Path):
        return FileResponse(content, status, headers, media_type="text/html; charset=utf-8")
    return HTMLResponse(content, status, headers)


def explorer(*, mailbox: bool) -> Response:
    """The GraphiQL page, or a page that explains how to build GraphiQL.

    It links to the mailbox if there is one.
    """
    built = _EXPLORER / "index.html"
    if built.is_file():
        page = built.read_text("utf-8")
        if mailbox:
            page = page.replace('name="mailbox" content=""', 'name="mailbox" content="mailbox"')
        return _page(page, security_headers.EXPLORER)
    return _page(_HERE / "templates" / "no_explorer.html", security_headers.PAGE)


def trusted_only() -> Response:
    """A page that explains why GraphiQL is off: only trusted documents are executed."""
    return _page(_HERE / "templates" / "trusted_only.html", security_headers.PAGE)


class _ImmutableFiles(StaticFiles):
    """Serves files with hashed names, which browsers may cache for a year."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type] # passed on
        response.headers.update(_IMMUTABLE)
        return response


def static_routes() -> list[BaseRoute]:
    """Routes of static files, which every server has."""
    return [
        Mount("/graphiql", _ImmutableFiles(directory=_EXPLORER / "graphiql", check_dir=False)),
        Mount("/static", StaticFiles(directory=_HERE / "static")),
    ]


def logo_routes(brand: Brand) -> list[BaseRoute]:
    """The route of the product's logo, under a name that changes with the image."""
    logo = brand.logo
    if logo is None:
        return []
    headers = {**_IMMUTABLE, "content-security-policy": security_headers.IMAGE}

    async def image(_: Request) -> Response:
        return Response(logo.content, headers=headers, media_type=logo.media_type)

    return [Route(f"/{brand.logo_url}", image)]


def front(*, explorer: bool) -> Route:
    """The root route without a web app: redirects to GraphiQL, or says where the API is."""

    async def page(_: Request) -> Response:
        if explorer:
            # A relative URL, because clients can forge the Host header.
            return RedirectResponse("/graphql", status_code=302)
        return PlainTextResponse("The API is at /graphql: GraphQL over HTTP, by POST.\n")

    return Route("/", page)


def web_routes(folder: Path) -> list[BaseRoute]:
    """Routes for a built web app: its single page at the root, and its assets."""

    async def page(_: Request) -> Response:
        return _page(folder / "index.html", security_headers.PAGE)

    return [
        Route("/", page),
        Mount("/assets", _ImmutableFiles(directory=folder / "assets", check_dir=False)),
    ]
