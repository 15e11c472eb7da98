"""How the application asks whether a client is still connected."""

import asyncio
from collections.abc import Callable

IS_CONNECTED = "connectx.is_connected"
"""The key in the `extensions` of an ASGI scope. Its value is a `Callable[[], bool]` that reads one
flag and may be called from any thread."""


def connection_extensions(transport: asyncio.BaseTransport) -> dict[str, Callable[[], bool]]:
    """The `extensions` of the scopes of a connection."""
    return {IS_CONNECTED: lambda: not transport.is_closing()}
