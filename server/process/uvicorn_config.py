"""The configuration of uvicorn, which serves an application or makes one in each worker."""

from typing import TYPE_CHECKING

from starlette.types import ASGIApp

from server.settings import Settings

if TYPE_CHECKING:
    from uvicorn import Config

UNREAD = 6
"""How many times CONNECTX_CLIENT_TIMEOUT a client may take nothing of its answer: a mobile phone
may be out of reach for a while."""

_FACTORY = "server.asgi:from_environment"


def uvicorn_config(settings: Settings, app: ASGIApp | None = None, *, workers: int = 1) -> "Config":
    """The configuration to serve `app`; without one, each worker makes its own by `server.asgi`."""
    from uvicorn import Config  # slow to import

    from graph.transport.request import MAX_BODY
    from server.process.uvicorn_server import GRACE, HTTP, WEBSOCKETS

    return Config(
        app or _FACTORY,
        factory=app is None,
        http=HTTP,
        ws=WEBSOCKETS,
        workers=workers,
        timeout_graceful_shutdown=GRACE,
        log_config=None,  # server/telemetry/logs.py sets up logging
        # Its request lines contain query strings, which may contain passwords.
        access_log=False,
        # Idle connections keep no compressor. Messages have the same size limit as requests.
        ws_per_message_deflate=False,
        ws_max_size=MAX_BODY,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
    )
