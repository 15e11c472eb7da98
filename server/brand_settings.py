"""The types of the settings that say whose pages and mails these are."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode

from mail.logo import Logo, read_logo
from mail.smtp_address import is_mailbox
from server.setting_types import check_web_url


def _page(url: str) -> str:
    check_web_url(url)
    return url


def _logo(path: object) -> object:
    return read_logo(Path(path)) if isinstance(path, str) else path


def _support(support: str) -> str:
    parts = urlsplit(support)
    is_url = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in support
    if not support.isprintable() or not (is_url or is_mailbox(support)):
        raise ValueError(
            "takes an email address such as help@example.com, or a URL such as "
            "https://example.com/help"
        )
    return support


LogoFile = Annotated[Logo, NoDecode, BeforeValidator(_logo)]
Support = Annotated[str, AfterValidator(_support)]
PageUrl = Annotated[str, AfterValidator(_page)]


def support_url(support: str | None) -> str | None:
    """Where a link to the support leads."""
    return support if support is None or "://" in support else f"mailto:{support}"
