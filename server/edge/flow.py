"""Decides when more is read from an HTTP connection."""

import asyncio
from collections.abc import Sized

from uvicorn.protocols.http.flow_control import FlowControl


class Flow(FlowControl):
    """Keeps uvicorn from reading on, as it does after each answer, while a request waits."""

    def __init__(self, transport: asyncio.Transport, pipeline: Sized) -> None:
        super().__init__(transport)
        self._pipeline = pipeline
        self.ahead = b""
        """What was read, but may not be parsed yet."""

    def is_blocked(self) -> bool:
        """Whether nothing more may be parsed: a request waits, or the client does not read."""
        return self.write_paused or len(self._pipeline) > 0

    def resume_reading(self) -> None:
        # Asked several times for each request, nearly always while nothing is paused.
        if self.read_paused and not (self.ahead or self.is_blocked()):
            super().resume_reading()
