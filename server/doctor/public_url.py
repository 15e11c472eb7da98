"""Where people reach the server, and what stands in between."""

import asyncio
import http.client
from urllib.parse import urlsplit

from server.doctor.findings import Finding, failed, fine, warning
from server.settings import Settings

_TIMEOUT = 5.0
"""Seconds for each step of one request."""
_LOCAL = {"localhost", "127.0.0.1", "::1"}


async def check_public_url(settings: Settings) -> list[Finding]:
    url = settings.public_url
    if url is None:
        if settings.smtp_url is None:
            return [fine("public URL", "not set; people reach the address that it serves on")]
        what = "not set; links in mails begin with the address that it serves on"
        return [warning("public URL", what, "Set CONNECTX_PUBLIC_URL to what people type.")]
    parts = urlsplit(url)
    found = [await asyncio.to_thread(_reach, url)]
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        what = "passwords and codes travel in the clear"
        found.append(warning("public URL", what, "Have a proxy end TLS, and use https://."))
    if parts.scheme == "https" and not settings.trusted_proxies:
        what = "none trusted, so all clients behind one share one set of limits"
        mend = "Set CONNECTX_TRUSTED_PROXIES to the addresses that requests come from."
        found.append(warning("proxies", what, mend))
    return found


def _reach(url: str) -> Finding:
    """What the public URL answers to a request from this machine."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT)
    try:
        connection.request("GET", f"{parts.path}/healthz")
        answer = connection.getresponse()
        body = answer.read(1_000)
    except (OSError, http.client.HTTPException, ValueError) as error:
        mend = "Start the server, or see that name and proxy lead to it. From elsewhere it may."
        return warning("public URL", f"{url} cannot be reached from here: {_why(error)}", mend)
    finally:
        connection.close()
    if answer.status == http.client.OK and body.replace(b" ", b"") == b'{"status":"ok"}':
        return fine("public URL", f"{url} answers")
    what = f"{url}/healthz answers {answer.status}, and not as this server does"
    return failed("public URL", what, "See that the proxy passes this path to the server.")


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or getattr(error, "reason", "") or type(error).__name__
