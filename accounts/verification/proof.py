"""What somebody has shown, and may use once: a right code, or a valid link."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from models import User


@dataclass(frozen=True)
class Proof:
    """A code or a link that was found right and is not used up yet."""

    user: User
    detail: str
    """For the audit log."""
    use: Callable[[], Awaitable[bool]]
    """Uses it up in the caller's transaction. False if it can no longer be used."""
