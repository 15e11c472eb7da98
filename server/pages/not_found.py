"""The answer where there is nothing: a page for people, and plain text for programs."""

from collections.abc import Awaitable, Callable
from functools import cache
from http import HTTPStatus

from jinja2 import PackageLoader, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from languages.catalogues import LANGUAGES
from languages.templates import templates_in
from server.http import security_headers
from server.http.request_context import language_of
from server.settings import Settings

_HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": security_headers.PAGE,
    "vary": "Accept, Accept-Language",
}


def not_found(settings: Settings) -> Callable[[Request, Exception], Awaitable[Response]]:
    """The handler of requests for which there is no route or file."""

    @cache
    def template(language: str) -> Template:
        return templates_in(language, PackageLoader("server.pages")).get_template("not_found.html")

    async def answer(request: Request, _: Exception) -> Response:
        if "text/html" not in request.headers.get("accept", ""):
            return PlainTextResponse("Not Found", HTTPStatus.NOT_FOUND)
        language = language_of(request, offered=LANGUAGES) or settings.language
        text = template(language).render(
            language=language, product=settings.product_name, root=_root(request.url.path)
        )
        return HTMLResponse(text, HTTPStatus.NOT_FOUND, _HEADERS)

    return answer


def _root(path: str) -> str:
    """The way from this path to the server's root, which may be below a proxy's prefix."""
    return "../" * (path.count("/") - 1) or "./"
