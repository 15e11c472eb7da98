"""The types of the settings that say whose pages and mails these are."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from mail.smtp.envelope import is_mailbox


def _support(support: str) -> str:
    parts = urlsplit(support)
    is_url = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in support
    if not support.isprintable() or not (is_url or is_mailbox(support)):
        raise ValueError(
            "takes an email address such as help@example.com, or a URL such as "
            "https://example.com/help"
        )
    return support


Support = Annotated[str, AfterValidator(_support)]
