"""PBKDF2 hashes, as written by Django."""

import base64
import binascii
import hashlib
import hmac
import re
import secrets

from accounts.hashing.formats.encoded import ParsedHash, random_base64

MAX_ITERATIONS = 5_000_000
"""About two seconds on one core. Django's own number grows with each release."""

_SHAPE = re.compile(
    r"(pbkdf2_(sha256|sha1)\$([0-9]{1,9}))\$([^$\x00-\x1f\ud800-\udfff]+)\$([A-Za-z0-9+/]+={0,2})"
)
_DIGEST_BYTES = {"sha256": 32, "sha1": 20}


def read(encoded: str) -> ParsedHash | None:
    """The parsed PBKDF2 hash of Django; None for other text."""
    parts = _SHAPE.fullmatch(encoded)
    if parts is None or int(parts[3]) < 1:
        return None
    kind, algorithm, iterations, salt = parts[1], parts[2], int(parts[3]), parts[4].encode()
    size = _DIGEST_BYTES[algorithm]
    try:
        expected = base64.b64decode(parts[5], validate=True)
    except binascii.Error:
        return None
    if len(expected) != size:
        return None

    def matches(password: bytes) -> bool:
        found = hashlib.pbkdf2_hmac(algorithm, password, salt, iterations)
        return hmac.compare_digest(found, expected)

    return ParsedHash(
        kind=kind,
        too_costly=f"PBKDF2 with more than {MAX_ITERATIONS:,} iterations"
        if iterations > MAX_ITERATIONS
        else None,
        matches=matches,
        decoy=lambda: f"{kind}${random_base64(16)}${_padded(secrets.token_bytes(size))}",
    )


def _padded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
