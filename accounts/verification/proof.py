"""Evidence that a person reads the mailbox of an address: a right code or a valid link."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from models import User


@dataclass(frozen=True)
class Proof:
    """A right code or a valid link, which `use` redeems."""

    user: User
    detail: str
    """For the audit log."""
    use: Callable[[], Awaitable[bool]]
    """Redeems it in the caller's transaction. False if it can no longer be used."""
