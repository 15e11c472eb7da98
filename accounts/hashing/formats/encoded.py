"""What every format tells of a hash, and the base64 that most of them are written in."""

import base64
import binascii
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

MAX_LENGTH = 255
"""Characters, as many as `User.password_hash` holds."""


@dataclass(frozen=True)
class Encoded:
    """What a hash says of itself. Two of one `kind` take the same time to verify.

    `too_costly` says in words what is beyond what a login may cost: every wrong password costs as
    much, so such a hash is a weapon in the hands of whoever knows its address. `decoy` makes
    another hash of the same kind, which no password is known to match.
    """

    kind: str
    too_costly: str | None
    matches: Callable[[bytes], bool] = field(repr=False)
    decoy: Callable[[], str] = field(repr=False)


def size_of(text: str) -> int:
    """Bytes of unpadded base64, 0 for what is none in its one true spelling."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        return 0
    return len(raw) if unpadded(raw) == text else 0


def unpadded(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


def random_bytes(size: int) -> str:
    """So many random bytes in unpadded base64."""
    return unpadded(secrets.token_bytes(size))
