"""Checks the public URL, its encryption and the trusted proxies."""

import asyncio
import http.client
from urllib.parse import urlsplit

from server.doctor.findings import Finding, failed, fine, warning
from server.settings import Settings

_TIMEOUT = 5.0
"""Seconds for each network operation of a request."""
_LOCAL = {"localhost", "127.0.0.1", "::1"}


async def check_public_url(settings: Settings) -> list[Finding]:
    url = settings.public_url
    if url is None:
        if settings.smtp_url is None:
            return [fine("public URL", "not set; users open the address it listens on")]
        what = "not set; links in mails begin with the address it listens on"
        return [warning("public URL", what, "Set CONNECTX_PUBLIC_URL to the URL that users open.")]
    parts = urlsplit(url)
    found = [await asyncio.to_thread(_reach, url)]
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        what = "passwords and codes are sent unencrypted"
        found.append(warning("public URL", what, "Terminate TLS in a proxy, and use https://."))
    if parts.scheme == "https" and not settings.trusted_proxies:
        what = "none trusted, so all clients behind a proxy share the same rate limits"
        to_do = "Set CONNECTX_TRUSTED_PROXIES to the addresses of your proxies."
        found.append(warning("proxies", what, to_do))
    return found


def _reach(url: str) -> Finding:
    """Requests `/healthz` at the public URL from this machine."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT)
    try:
        connection.request("GET", f"{parts.path}/healthz")
        answer = connection.getresponse()
        body = answer.read(1_000)
    except (OSError, http.client.HTTPException, ValueError) as error:
        to_do = "Start the server, or check DNS and proxy. It may be reachable from elsewhere."
        return warning("public URL", f"{url} cannot be reached from here: {_why(error)}", to_do)
    finally:
        connection.close()
    if answer.status == http.client.OK and body.replace(b" ", b"") == b'{"status":"ok"}':
        return fine("public URL", f"{url} answers")
    what = f"{url}/healthz answers {answer.status}, but not as this server would"
    return failed("public URL", what, "Check that the proxy forwards this path to the server.")


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or getattr(error, "reason", "") or type(error).__name__
