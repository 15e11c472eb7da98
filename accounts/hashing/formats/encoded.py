"""The parsed form of password hashes, and the base64 of most formats."""

import base64
import binascii
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

MAX_LENGTH = 255
"""Characters, the size of the column `User.password_hash`."""


@dataclass(frozen=True)
class ParsedHash:
    """A parsed hash. Hashes of the same `kind` take the same time to verify.

    `too_costly` is the limit that the hash exceeds, in words. Each wrong password costs as much as
    a right one, so anyone who knows the address could overload the server with such a hash. `decoy`
    makes another hash of the same kind, which no known password matches.
    """

    kind: str
    too_costly: str | None
    matches: Callable[[bytes], bool] = field(repr=False)
    decoy: Callable[[], str] = field(repr=False)


def decoded_size(text: str) -> int:
    """The number of bytes in unpadded base64; 0 if the text is not its canonical spelling."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        return 0
    return len(raw) if unpadded(raw) == text else 0


def unpadded(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


def random_base64(size: int) -> str:
    """`size` random bytes in unpadded base64."""
    return unpadded(secrets.token_bytes(size))
