"""What a request tells of its client: the network address, the bearer token and the language."""

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache, partial
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from graph.context import Context
from mail.languages import LANGUAGES
from server.composition import Parts
from server.settings import Settings
from server.telemetry.request_log import RECORD

_SITE = 64
"""Bits: the smallest network that one IPv6 customer is given (RFC 6177), so that counting by
single addresses would count nobody twice."""

MAX_LENGTH = 500
"""Characters of the header that are read; browsers send less than a hundred."""

# RFC 9110 12.5.4 and 12.4.2: a range of letters and digits, and a weight of up to three decimals.
# Eight parts after the first are more than any registered language has (RFC 5646 4.4.1).
_RANGE = re.compile(
    r"\s*(?P<tag>[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,8})\s*(?:;\s*q=(?P<q>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?",
    re.ASCII | re.IGNORECASE,
)


def context_of(connection: HTTPConnection, *, parts: Parts, settings: Settings) -> Context:
    """What the request's resolvers get."""
    return Context(
        env=parts.environment,
        client=parts.client_key(client_of(connection)),
        bearer=bearer_of(connection),
        language=partial(language_of, connection, offered=LANGUAGES),
        patience=settings.request_timeout,
        observer=connection.scope[RECORD],
    )


def client_of(connection: HTTPConnection) -> str:
    """An IPv4 address or an IPv6 /64; behind a proxy, what uvicorn made of its trusted headers."""
    return _network(connection.client.host if connection.client else "unknown")


@lru_cache(maxsize=4_096)
def _network(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Network((address, _SITE), strict=False))
    return str(address)


def bearer_of(connection: HTTPConnection) -> str | None:
    """The token of `Authorization: Bearer …`, None for anything else."""
    # Not by Starlette's headers, which take an exception for what is missing.
    given = dict(connection.scope["headers"]).get(b"authorization", b"").decode("latin-1")
    scheme, _, token = given.partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def language_of(connection: HTTPConnection, *, offered: Sequence[str]) -> str | None:
    """The offered language that a client likes best, None if it likes none or told none."""
    # A header that comes in several lines is one list (RFC 9110, 5.3).
    header = ",".join(connection.headers.getlist("accept-language"))
    return _known(header[:MAX_LENGTH], offered=tuple(offered))


def preferred(header: str, *, offered: Sequence[str]) -> str | None:
    """The offered language that an Accept-Language header likes best, None if it likes none.

    Of two equals the first one goes before. `de-AT` finds `de` (RFC 4647 3.4); `*`, which is no
    language, and what is malformed are passed over.
    """
    best, best_quality = None, 0.0
    for part in header[:MAX_LENGTH].split(","):
        found = _RANGE.fullmatch(part)
        if found is None:
            continue
        quality = float(found["q"] or 1)
        language = _lookup(found["tag"].lower(), offered)
        if language is not None and quality > best_quality:
            best, best_quality = language, quality
    return best


_known = lru_cache(maxsize=256)(preferred)  # a country's browsers send a few dozen


def _lookup(tag: str, offered: Sequence[str]) -> str | None:
    """The offered language of a tag: as it is, or with its last parts taken away one by one."""
    parts = tag.split("-")
    shorter = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((tag for tag in shorter if tag in offered), None)


def admission(*, public_url: str, others: Collection[str]) -> Callable[[HTTPConnection], bool]:
    """Says of a handshake whether it comes from a page of this server, of `others`, or of nobody.

    Browsers ask nobody before they connect, as CORS does not hold for WebSockets, and name the
    page's origin. Other programs name none.
    """
    known = {_origin(public_url), *(origin.lower() for origin in others)}

    def admits(connection: HTTPConnection) -> bool:
        origin = connection.headers.get("origin")
        if origin is None or origin.lower() in known:
            return True
        # The address that the browser itself connects to, whatever people call this server.
        host = connection.headers.get("host")
        return origin.lower() in {f"{scheme}://{host}".lower() for scheme in ("http", "https")}

    return admits


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
