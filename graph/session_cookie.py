"""The cookie that holds a browser's session, and how an answer changes it.

docs/decisions/0030-sessions-in-cookies.md has the reasons.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

NAME = "__Host-connectx"
"""A browser takes a cookie with this prefix only from its own host, with `Secure` and `Path=/`."""


class SessionCookie:
    """The session cookie of a request whose answer can change it."""

    __slots__ = ("_clock", "_same_site", "header", "token")

    def __init__(self, token: str | None, *, same_site: str, clock: Callable[[], datetime]) -> None:
        self.token = token
        """The token in the request's cookie; None if it came without one."""
        self.header: bytes | None = None
        """The answer's `Set-Cookie`; None if it leaves the cookie alone."""
        self._same_site = same_site
        self._clock = clock

    def set(self, token: str, *, expires_at: datetime) -> None:
        """Lets the browser keep this token until then, in place of another one."""
        self._write(token, max_age=int((expires_at - self._clock()).total_seconds()))

    def clear(self) -> None:
        """Lets the browser delete the cookie."""
        self._write("", max_age=0)

    def _write(self, token: str, *, max_age: int) -> None:
        self.header = (
            f"{NAME}={token}; Max-Age={max_age}; Path=/; Secure; HttpOnly; "
            f"SameSite={self._same_site.capitalize()}"
        ).encode("ascii")


def token_in(cookies: Iterable[bytes]) -> str | None:
    """The token in `Cookie` headers; None if they have no session cookie, or an empty one."""
    for header in cookies:
        for pair in header.decode("latin-1").split(";"):
            name, _, value = pair.partition("=")
            if name.strip() == NAME:
                return value.strip() or None
    return None
