"""The links in mails: the URL of a page, with the tenant in its query and the token behind `#`."""

from collections.abc import Mapping
from typing import TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

from models import Purpose

Pages: TypeAlias = Mapping[Purpose, str]
"""The URL of the page that a link for each purpose opens."""


def page_for(purpose: Purpose, *, pages: Pages, tenant: UUID | None) -> str:
    """The page for a purpose.

    With a tenant, its query names it, so that the page can show the tenant's name and rules.
    """
    page = pages[purpose]
    if tenant is None:
        return page
    scheme, host, path, query, fragment = urlsplit(page)
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if name != "tenant"
    ]
    return urlunsplit((scheme, host, path, urlencode([*kept, ("tenant", tenant)]), fragment))


def link_to(page: str, *, token: str) -> str:
    """The link to a page with a token in its fragment, which browsers do not send.

    So no log and no Referer contains the token.
    """
    fragment = urlsplit(page).fragment
    if not fragment:
        return f"{page}#token={token}"
    # For a frontend that routes by fragment: `https://shop.example/#/verify`.
    return f"{page}{'&' if '?' in fragment else '?'}token={token}"
