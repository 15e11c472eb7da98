"""bcrypt, as its implementations write it and as Django does."""

import hashlib
import re
import secrets
import string

import bcrypt

from accounts.hashing.formats.encoded import Encoded

MAX_COST = 15
"""About two seconds of one core."""
_MIN_COST = 4  # bcrypt's own

# 22 characters are 132 bits, 4 more than a salt has, and 31 are 186, 2 more than a digest has: a
# last character that makes use of them is refused by today's implementations.
_SHAPE = re.compile(
    r"(bcrypt\$|bcrypt_sha256\$)?(\$2[aby]\$([0-9]{2})\$)"
    r"[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]"
)
_ALPHABET = f"./{string.ascii_letters}{string.digits}"
_READ_BYTES = 72
"""Of a password. All implementations ignored the rest, until some began to refuse it."""


def read(encoded: str) -> Encoded | None:
    """What is known of a bcrypt hash, None for anything else."""
    parts = _SHAPE.fullmatch(encoded)
    if parts is None or int(parts[3]) < _MIN_COST:
        return None
    prefix, head = parts[1] or "", parts[2]
    plain = encoded.removeprefix(prefix).encode()
    return Encoded(
        kind=f"{prefix}{head}",
        too_costly=f"bcrypt with a cost above {MAX_COST}" if int(parts[3]) > MAX_COST else None,
        matches=lambda password: _matches(password, plain, digested=prefix == "bcrypt_sha256$"),
        decoy=lambda: f"{prefix}{head}{_random(21)}.{_random(30)}.",
    )


def _matches(password: bytes, encoded: bytes, *, digested: bool) -> bool:
    if digested:
        password = hashlib.sha256(password).hexdigest().encode()
    try:
        return bcrypt.checkpw(password[:_READ_BYTES], encoded)
    except ValueError:
        return False


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
