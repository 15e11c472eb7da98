"""bcrypt hashes, as written by its implementations and by Django."""

import hashlib
import re
import secrets
import string

import bcrypt

from accounts.hashing.formats.encoded import ParsedHash

MAX_COST = 15
"""About two seconds on one core."""
_MIN_COST = 4  # bcrypt's own minimum

# 22 characters hold 132 bits, 4 more than a salt; 31 hold 186, 2 more than a digest. Current
# implementations refuse a last character that uses the surplus bits.
_SHAPE = re.compile(
    r"(bcrypt\$|bcrypt_sha256\$)?(\$2[aby]\$([0-9]{2})\$)"
    r"[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]"
)
_ALPHABET = f"./{string.ascii_letters}{string.digits}"
_USED_BYTES = 72
"""Of a password. All implementations used to ignore the rest; some now refuse it."""


def read(encoded: str) -> ParsedHash | None:
    """The parsed bcrypt hash; None for other text."""
    parts = _SHAPE.fullmatch(encoded)
    if parts is None or int(parts[3]) < _MIN_COST:
        return None
    prefix, head = parts[1] or "", parts[2]
    plain = encoded.removeprefix(prefix).encode()
    return ParsedHash(
        kind=f"{prefix}{head}",
        too_costly=f"bcrypt with a cost above {MAX_COST}" if int(parts[3]) > MAX_COST else None,
        matches=lambda password: _matches(password, plain, digested=prefix == "bcrypt_sha256$"),
        decoy=lambda: f"{prefix}{head}{_random(21)}.{_random(30)}.",
    )


def _matches(password: bytes, encoded: bytes, *, digested: bool) -> bool:
    if digested:
        password = hashlib.sha256(password).hexdigest().encode()
    try:
        return bcrypt.checkpw(password[:_USED_BYTES], encoded)
    except ValueError:
        return False


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
