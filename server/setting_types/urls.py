"""The types of the settings that are URLs of web pages, and their origins."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode

from accounts.return_urls import ReturnUrls, checked_pattern
from server.setting_types.values import listed


def _web_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("takes an address such as https://example.com")
    page, _, fragment = url.partition("#")
    # A frontend that routes by fragment may tell `#/` from `#`.
    return url if fragment else page.rstrip("/")


def _server_url(url: str) -> str:
    # The paths of this server's pages are added to it.
    if "?" in url or "#" in url:
        raise ValueError("takes an address without ? and #, such as https://example.com")
    return _web_url(url)


def _origin(origin: str) -> str:
    parts = urlsplit(origin)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
        raise ValueError("takes origins such as https://app.example.com, separated by commas")
    return origin


def _page(url: str) -> str:
    _web_url(url)
    return url


def _return_urls(value: object) -> object:
    found = listed(value)
    return ReturnUrls(tuple(map(checked_pattern, found))) if isinstance(found, tuple) else value


ServerUrl = Annotated[str, AfterValidator(_server_url)]
WebUrl = Annotated[str, AfterValidator(_web_url)]
PageUrl = Annotated[str, AfterValidator(_page)]
OriginList = Annotated[
    tuple[Annotated[str, AfterValidator(_origin)], ...], NoDecode, BeforeValidator(listed)
]
ReturnUrlList = Annotated[ReturnUrls, NoDecode, BeforeValidator(_return_urls)]
