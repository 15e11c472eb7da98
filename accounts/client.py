"""The client of a request, as operations know it."""

from collections.abc import Callable
from typing import NamedTuple


class Client(NamedTuple):
    key: str
    """What rate limits count it under: a keyed hash of its IPv4 address or IPv6 network."""
    is_connected: Callable[[], bool]
    """Whether it still waits for the answer. May be called in any thread."""
    label: Callable[[], str | None] = lambda: None
    """Its browser and system, as people read them; None if they are unknown."""
