"""Shows the development mailbox only under names that no stranger can own.

A page of a stranger's domain may let the domain's name lead to 127.0.0.1, once it is loaded (DNS
rebinding). A browser then takes this server for the page's own origin, and would let it read mails.
Its requests still name the stranger's domain in their `Host`.
"""

from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_RESERVED = (".localhost", ".test", ".local", ".internal")
"""Nobody can register names below them: RFC 6761, RFC 6762, and ICANN for `.internal`."""

_REFUSED = (
    "The mailbox is not shown under this name, which may belong to a stranger. Open it by the "
    "address of this machine, or set CONNECTX_PUBLIC_URL to the address of this page."
)


class HostGuard:
    """Answers requests under other names with 421 (RFC 9110, section 15.5.20)."""

    def __init__(self, app: ASGIApp, *, public_name: str) -> None:
        self._app = app
        self._public_name = public_name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = _name(HTTPConnection(scope).headers.get("host", ""))
        if name is not None and (name == self._public_name or cannot_be_registered(name)):
            await self._app(scope, receive, send)
        else:
            refusal = PlainTextResponse(_REFUSED, HTTPStatus.MISDIRECTED_REQUEST)
            await refusal(scope, receive, send)


def cannot_be_registered(name: str) -> bool:
    """Whether a host is an address, or a name that nobody can own: `localhost`, `web`."""
    try:
        ip_address(name)
    except ValueError:
        return "." not in name or name.endswith(_RESERVED)
    return True


def _name(host: str) -> str | None:
    """The name in a header; None if it cannot be read."""
    try:
        return (urlsplit(f"//{host}").hostname or "").removesuffix(".")
    except ValueError:
        return None
