"""The page that a link in a verification mail opens, in the languages of the mails."""

from functools import cache

from jinja2 import PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from languages.catalogues import LANGUAGES
from languages.templates import templates_in
from server import security_headers
from server.brand import Brand
from server.page_documents import document
from server.request_context import language_of
from server.settings import Settings

_SERVER = "."
"""The server's URL, from this page."""

_HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": security_headers.PAGE,
    "vary": "Accept-Language",
}


def verify_routes(settings: Settings, brand: Brand) -> list[BaseRoute]:
    """The route of the page. It has all its texts; the token never leaves the browser's tab."""

    @cache
    def rendered(language: str) -> str:
        template = templates_in(language, PackageLoader("server")).get_template("verify.html")
        return template.render(
            language=language,
            document=document,
            product=settings.product_name,
            logo=brand.logo_url,
            support=brand.support,
            support_url=brand.support_url,
            app_url=brand.login_url(_SERVER),
        )

    async def page(request: Request) -> Response:
        language = language_of(request, offered=LANGUAGES) or settings.language
        return HTMLResponse(rendered(language), headers=_HEADERS)

    return [Route("/verify", page)]
