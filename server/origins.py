"""Which pages may open a WebSocket."""

from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection


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
