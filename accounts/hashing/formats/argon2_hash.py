"""Argon2 hashes, as written by the reference implementation and by Django."""

import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from accounts.hashing.formats.encoded import ParsedHash, decoded_size, random_base64

MAX_MEMORY_KIB = 256 * 1024
MAX_ITERATIONS = 20
MAX_PARALLELISM = 16
MAX_WORK = 6 * MAX_MEMORY_KIB
"""KiB times iterations: about two seconds on one core."""

_SHAPE = re.compile(
    r"(?:argon2)?(\$argon2(?:id|i|d)\$v=(?:16|19)\$m=([0-9]{1,9}),t=([0-9]{1,9}),p=([0-9]{1,9}))"
    r"\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)"
)
# RFC 9106 3.1, and the reference implementation's ARGON2_MIN_OUTLEN.
_MIN_SALT, _MIN_DIGEST = 8, 4

_argon2 = PasswordHasher()  # its parameters apply only to new hashes


def read(encoded: str) -> ParsedHash | None:
    """The parsed Argon2 hash; None for other text."""
    parts = _SHAPE.fullmatch(encoded)
    if parts is None:
        return None
    kind, salt, digest = parts[1], decoded_size(parts[5]), decoded_size(parts[6])
    memory, iterations, lanes = int(parts[2]), int(parts[3]), int(parts[4])
    if lanes < 1 or iterations < 1 or memory < 8 * lanes:
        return None
    if salt < _MIN_SALT or digest < _MIN_DIGEST:
        return None
    affordable = (
        memory <= MAX_MEMORY_KIB
        and iterations <= MAX_ITERATIONS
        and lanes <= MAX_PARALLELISM
        and memory * iterations <= MAX_WORK
    )
    return ParsedHash(
        kind=kind,
        too_costly=None
        if affordable
        else f"Argon2 with more than {MAX_MEMORY_KIB // 1024} MiB, {MAX_ITERATIONS} iterations, "
        f"{MAX_WORK // 1024} MiB times iterations, or {MAX_PARALLELISM} lanes",
        matches=lambda password: _matches(password, encoded.removeprefix("argon2")),
        decoy=lambda: f"{kind}${random_base64(salt)}${random_base64(digest)}",
    )


def _matches(password: bytes, encoded: str) -> bool:
    try:
        return _argon2.verify(encoded, password)
    except (VerificationError, InvalidHashError):
        return False
