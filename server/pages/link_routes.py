"""The pages that the links in mails open, in the languages of the mails."""

import logging
from collections.abc import Awaitable, Callable
from functools import cache

from jinja2 import PackageLoader, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from accounts import tenants
from accounts.environment import Product
from accounts.outages import described
from languages.catalogues import LANGUAGES
from languages.templates import templates_in
from server.brand import Brand
from server.http import security_headers
from server.http.request_context import language_of
from server.pages.link_urls import PATHS
from server.pages.page_documents import document
from server.settings import Settings
from server.time_limit import in_time

_log = logging.getLogger("connectx.pages")

_SERVER = "."
"""The server's URL, from this page."""

_TIMEOUT = 2.0
"""Seconds for the database to tell the tenant. The page works without."""

_HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": security_headers.PAGE,
    "vary": "Accept-Language",
}


def link_page_routes(settings: Settings, brand: Brand, *, own: Product) -> list[BaseRoute]:
    """A route for each purpose of a link. `own` is the deployment's own product."""
    return [Route(path, _page(path, settings, brand, own=own)) for path in PATHS.values()]


def _page(
    path: str, settings: Settings, brand: Brand, *, own: Product
) -> Callable[[Request], Awaitable[Response]]:
    """The page at a path, with all its texts. The token never leaves the browser's tab."""
    name = f"{path.removeprefix('/').replace('-', '_')}.html"

    @cache
    def template_in(language: str) -> Template:
        return templates_in(language, PackageLoader("server.pages")).get_template(name)

    async def page(request: Request) -> Response:
        language = language_of(request, offered=LANGUAGES) or settings.language
        product = await _product_in(request) or own
        text = template_in(language).render(
            language=language,
            document=document,
            own=own,
            product=product,
            logo=brand.logo_url,
            support=brand.support,
            support_url=brand.support_url,
            app_url=brand.login_url(_SERVER),
        )
        return HTMLResponse(text, headers=_HEADERS)

    return page


async def _product_in(request: Request) -> Product | None:
    """The product of the tenant that the address names; None if it names none."""
    tenant = request.query_params.get("tenant")
    try:
        return await in_time(tenants.find_product(tenant), seconds=_TIMEOUT) if tenant else None
    except Exception as error:  # noqa: BLE001 - the page works without
        _log.warning("the page of a link cannot name its tenant: %s", described(error))
        return None
