"""Decides which pages of other origins may use the API, and logs those that may not.

docs/decisions/0020-loopback-origins.md has the reasons.
"""

import logging
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import HTTPConnection

from server.delivery import shows_mails
from server.http.request_context import OriginWatch
from server.settings import Settings

_LOOPBACK = re.compile(r"http://(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?")
"""Origins of pages that a program on the visitor's own machine serves, such as a bundler."""

_INTERVAL = timedelta(minutes=1)
_LINES = 10
"""Refused origins that are logged in each interval: everybody can send any number of them."""
_SHOWN = 300
"""Characters of an origin that are logged. A host name has at most 253."""

_log = logging.getLogger("connectx.cors")


class Origins:
    """The origins whose pages may use the API: this server's, configured ones, perhaps loopback."""

    def __init__(
        self, settings: Settings, *, public_url: str, clock: Callable[[], datetime]
    ) -> None:
        self._others = frozenset(origin.lower() for origin in settings.cors_origins)
        self._frontends = settings.return_urls
        self._takes_loopback = shows_mails(settings)
        self._own = _origin(public_url)
        self.own_name = _ascii(urlsplit(public_url).hostname or "").removesuffix(".")
        """The host under which people reach this server."""
        self._refusals = _Refusals(clock)

    def admits(self, connection: HTTPConnection) -> bool:
        """Whether the page that asks may use the API; programs send no origin. Logs a refusal.

        For WebSockets, to which CORS does not apply. A browser decides about HTTP by itself.
        """
        origin = connection.headers.get("origin")
        if origin is None:
            return True
        if self.is_own(connection) or self._allows(origin) or self._frontends.match_origin(origin):
            return True
        self._refusals.log(origin)
        return False

    def is_own(self, connection: HTTPConnection) -> bool:
        """Whether the request comes from this server's origin, or has no Origin header."""
        origin = connection.headers.get("origin")
        # Same origin: the page was loaded from the host that the browser connects to.
        host = connection.headers.get("host")
        own = {None, self._own, f"http://{host}".lower(), f"https://{host}".lower()}
        return (origin and origin.lower()) in own

    def may_hold_session(self, connection: HTTPConnection) -> bool:
        """Whether the browser of the page that asks may have the session cookie.

        A request without an origin may not: its sender could be a page of any origin. Nor may the
        frontends of CONNECTX_RETURN_URLS: previews may have been made by strangers.
        """
        origin = connection.headers.get("origin")
        # Browsers keep `Secure` cookies only over HTTPS and from loopback. A page that came over
        # plain HTTP may also be a stranger's in the same network.
        if origin is None or not (
            origin.lower().startswith("https:") or _LOOPBACK.fullmatch(origin)
        ):
            return False
        # As `OriginWatch` does where a proxy has replaced the Host header.
        is_same = connection.headers.get("sec-fetch-site") == "same-origin"
        return is_same or self.is_own(connection) or self._allows(origin)

    def middleware(self) -> list[Middleware]:
        """Answers preflight requests, and adds the headers that let allowed pages read answers."""
        watch = Middleware(OriginWatch, check=self.admits)
        patterns = [_LOOPBACK.pattern] if self._takes_loopback else []
        patterns += [self._frontends.origins] if self._frontends.patterns else []
        if not self._others and not patterns:
            return [watch]
        cors = Middleware(
            CORSMiddleware,
            allow_origins=self._others,
            allow_origin_regex="|".join(patterns) or None,
            allow_methods=["GET", "POST"],
            allow_headers=["authorization", "content-type"],
            allow_credentials=True,  # for the session cookie; no origin is ever `*`
            expose_headers=["retry-after", "x-request-id"],
        )
        return [watch, cors]

    def _allows(self, origin: str) -> bool:
        loopback = self._takes_loopback and _LOOPBACK.fullmatch(origin) is not None
        return loopback or origin.lower() in self._others


class _Refusals:
    """Logs each refused origin at most once a minute, and few of them in all."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._begun: datetime | None = None
        self._logged: set[str] = set()

    def log(self, origin: str) -> None:
        now = self._clock()
        if self._begun is None or now - self._begun >= _INTERVAL:
            self._begun = now
            self._logged.clear()
        # Any client can send any text: `ascii` escapes what could control a terminal.
        shown = ascii(origin[:_SHOWN])[1:-1]
        if shown in self._logged or len(self._logged) >= _LINES:
            return
        self._logged.add(shown)
        _log.warning(
            "pages of this origin may not use the API; if they should, add it to "
            "CONNECTX_CORS_ORIGINS: %s",
            shown,
        )


def _ascii(name: str) -> str:
    """A host's name as a browser sends it, if it has letters beyond ASCII."""
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return name


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
