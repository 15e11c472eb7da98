"""The password hashes that accounts may have: ours, and those of the systems that people come from.

- Argon2 as its reference implementation writes it, and as Django does (`argon2$argon2id$…`)
- bcrypt (`$2a$`, `$2b$`, `$2y$`), and as Django does (`bcrypt$…`, `bcrypt_sha256$…`)
- Django's PBKDF2 (`pbkdf2_sha256$…`, `pbkdf2_sha1$…`)

A hash is kept as it came until its owner logs in.
"""

from accounts.hashing.formats import argon2_hash, bcrypt_hash, pbkdf2_hash
from accounts.hashing.formats.encoded import MAX_LENGTH, Encoded


def read(encoded: str) -> Encoded | None:
    """What is known of a hash, None for one of no known format."""
    if len(encoded) > MAX_LENGTH:
        return None
    return argon2_hash.read(encoded) or bcrypt_hash.read(encoded) or pbkdf2_hash.read(encoded)


def matches(password: bytes, encoded: str) -> bool:
    """Whether the password is the hashed one; False also for what is no hash."""
    found = read(encoded)
    return found is not None and found.matches(password)
