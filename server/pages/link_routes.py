"""The pages that the links in mails open, in the languages of the mails."""

from collections.abc import Awaitable, Callable
from functools import cache

from jinja2 import PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from languages.catalogues import LANGUAGES
from languages.templates import templates_in
from server.brand import Brand
from server.http import security_headers
from server.http.request_context import language_of
from server.pages.link_urls import PATHS
from server.pages.page_documents import document
from server.settings import Settings

_SERVER = "."
"""The server's URL, from this page."""

_HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": security_headers.PAGE,
    "vary": "Accept-Language",
}


def link_page_routes(settings: Settings, brand: Brand) -> list[BaseRoute]:
    """A route for each purpose of a link."""
    return [Route(path, _page(path, settings, brand)) for path in PATHS.values()]


def _page(path: str, settings: Settings, brand: Brand) -> Callable[[Request], Awaitable[Response]]:
    """The page at a path, with all its texts. The token never leaves the browser's tab."""
    name = f"{path.removeprefix('/').replace('-', '_')}.html"

    @cache
    def rendered(language: str) -> str:
        template = templates_in(language, PackageLoader("server.pages")).get_template(name)
        return template.render(
            language=language,
            document=document,
            product=settings.product_name,
            logo=brand.logo_url,
            support=brand.support,
            support_url=brand.support_url,
            app_url=brand.login_url(_SERVER),
            policy=settings.default_policy,
        )

    async def page(request: Request) -> Response:
        language = language_of(request, offered=LANGUAGES) or settings.language
        return HTMLResponse(rendered(language), headers=_HEADERS)

    return page
