"""The supported formats of password hashes: the server's own, and those of other systems.

- Argon2, as written by its reference implementation and by Django (`argon2$argon2id$…`)
- bcrypt (`$2a$`, `$2b$`, `$2y$`), also as written by Django (`bcrypt$…`, `bcrypt_sha256$…`)
- Django's PBKDF2 (`pbkdf2_sha256$…`, `pbkdf2_sha1$…`)

An imported hash keeps its format until its owner logs in.
"""

from accounts.hashing.formats import argon2_hash, bcrypt_hash, pbkdf2_hash
from accounts.hashing.formats.encoded import MAX_LENGTH, ParsedHash


def read(encoded: str) -> ParsedHash | None:
    """The parsed hash; None if its format is not supported."""
    if len(encoded) > MAX_LENGTH:
        return None
    return argon2_hash.read(encoded) or bcrypt_hash.read(encoded) or pbkdf2_hash.read(encoded)


def matches(password: bytes, encoded: str) -> bool:
    """Whether the password matches the hash. False also for text that is no hash."""
    found = read(encoded)
    return found is not None and found.matches(password)
