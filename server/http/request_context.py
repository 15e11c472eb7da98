"""Reads a request's client address, bearer token, language and origin."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from accounts.client import Client
from graph.context import Context, FormBranding
from graph.session_cookie import SessionCookie
from languages.accept_language import MAX_LENGTH, preferred_language
from languages.catalogues import LANGUAGES
from server.brand import Brand
from server.composition import Parts
from server.edge.connection_state import IS_CONNECTED
from server.http.user_agent import label_of
from server.settings import Settings
from server.telemetry.request_log import RECORD


@dataclass(frozen=True)
class Credentials:
    """The token of a request, and the cookie that its answer can change."""

    token: str | None = field(repr=False)
    cookie: SessionCookie | None = None


_IPV6_PREFIX = 64
"""Bits of the smallest network that an IPv6 customer gets (RFC 6177). Limits count networks, as a
client could use a new address for each request."""


def context_of(
    connection: HTTPConnection,
    *,
    parts: Parts,
    settings: Settings,
    branding: FormBranding,
    credentials_of: Callable[[HTTPConnection], Credentials],
) -> Context:
    """The context that the resolvers of a request get. Raises RefusedError."""
    # Faster than Starlette's headers, which raise an exception for a missing header.
    headers = dict(connection.scope["headers"])
    if b"cookie" in headers or b"origin" in headers:
        credentials = credentials_of(connection)
    else:
        credentials = Credentials(bearer_in(headers))
    return Context(
        env=parts.environment,
        client=Client(
            parts.client_key(client_of(connection)),
            is_connected_of(connection),
            label=partial(client_label, connection),
        ),
        bearer=credentials.token,
        language=partial(language_of, connection, offered=LANGUAGES),
        timeout=settings.request_timeout,
        branding=branding,
        observer=connection.scope[RECORD],
        answer_cookie=credentials.cookie,
    )


def form_branding(brand: Brand) -> FormBranding:
    """What the API tells of the deployment's logo and support."""
    return FormBranding(
        logo_url=brand.logo_url, support=brand.support, support_url=brand.support_url
    )


def client_of(connection: HTTPConnection) -> str:
    """The client's IPv4 address or IPv6 /64; uvicorn applies the headers of trusted proxies."""
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
        return str(IPv6Network((address, _IPV6_PREFIX), strict=False))
    return str(address)


def is_connected_of(connection: HTTPConnection) -> Callable[[], bool]:
    """Tells whether the client is still connected, as far as the server's protocol knows."""
    known: Callable[[], bool] | None = connection.scope.get("extensions", {}).get(IS_CONNECTED)
    return known or (lambda: True)


def client_label(connection: HTTPConnection) -> str | None:
    """The client's browser and system, as it tells them itself."""
    return label_of(connection.headers.get("user-agent", ""))


def bearer_of(connection: HTTPConnection) -> str | None:
    """The token of `Authorization: Bearer …`; None for any other or no header."""
    # Faster than Starlette's headers, which raise an exception for a missing header.
    return bearer_in(dict(connection.scope["headers"]))


def bearer_in(headers: Mapping[bytes, bytes]) -> str | None:
    """The same for headers by their names."""
    scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def language_of(connection: HTTPConnection, *, offered: Sequence[str]) -> str | None:
    """The offered language that the client prefers; None if it accepts none or sends no header."""
    # Several lines of the same header form one list (RFC 9110, 5.3).
    header = ",".join(connection.headers.getlist("accept-language"))
    return preferred_language(header[:MAX_LENGTH], offered=tuple(offered))


class OriginWatch:
    """Middleware that calls `check` for each HTTP request of a page that is not of this origin."""

    def __init__(self, app: ASGIApp, *, check: Callable[[HTTPConnection], object]) -> None:
        self._app = app
        self._check = check

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = dict(scope["headers"])  # faster than Starlette's, as above
            # Programs send no origin. Where a proxy replaced the Host header, the browser tells
            # by `Sec-Fetch-Site` that the page is of this origin.
            if b"origin" in headers and headers.get(b"sec-fetch-site") != b"same-origin":
                self._check(HTTPConnection(scope))
        await self._app(scope, receive, send)
