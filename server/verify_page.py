"""The page that a link in a verification mail opens, in the languages of the mails."""

from functools import cache

from jinja2 import PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from languages.catalogues import LANGUAGES
from languages.templates import templates_in
from server import security_headers
from server.brand_settings import support_url
from server.page_documents import document
from server.request_context import language_of
from server.settings import Settings

_LOGIN = "./#/login"
"""The login of the web app, from this page."""

_HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": security_headers.PAGE,
    "vary": "Accept-Language",
}


def verify_routes(settings: Settings) -> list[BaseRoute]:
    """The route of the page. It has all its texts; the token never leaves the browser's tab."""

    @cache
    def rendered(language: str) -> str:
        template = templates_in(language, PackageLoader("server")).get_template("verify.html")
        return template.render(
            language=language,
            document=document,
            product=settings.product_name,
            logo=settings.logo and f"logo/{settings.logo.file_name}",
            support=settings.support,
            support_url=support_url(settings.support),
            app_url=settings.app_url or (_LOGIN if settings.web_dir else None),
        )

    async def page(request: Request) -> Response:
        language = language_of(request, offered=LANGUAGES) or settings.language
        return HTMLResponse(rendered(language), headers=_HEADERS)

    return [Route("/verify", page)]
