"""Limits over all connections of a process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from server.edge.open_files import OpenFiles
from server.edge.pending_connections import PendingConnections

LIMITS_KEY = "connectx.limits"
"""The key in the state of the ASGI lifespan, which uvicorn hands to each connection."""

PIECE = 4 * 1024
"""Bytes that are parsed at a time. A read may have 64 times as many, and thousands of requests."""


@dataclass(frozen=True)
class ConnectionLimits:
    """The limits that count over all connections of a process."""

    pending: PendingConnections
    open_files: OpenFiles

    def admit(self, file_descriptor: int) -> bool:
        """Whether a new connection may stay.

        Where files are short, the oldest pending connection makes room for it.
        """
        return not self.open_files.are_short(file_descriptor) or self.pending.end_oldest()


@asynccontextmanager
async def watched_limits(*, client_timeout: float) -> AsyncIterator[ConnectionLimits]:
    """The limits of this process, which are watched while the block runs."""
    pending = PendingConnections(timeout=client_timeout)
    watching = asyncio.create_task(pending.watch(), name="slow clients")
    try:
        yield ConnectionLimits(pending, OpenFiles())
    finally:
        watching.cancel()
