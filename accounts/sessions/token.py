"""How the token of a session is stored."""

import hashlib


def hash_of_token(token: str) -> str:
    """The SHA-256 of a token in hexadecimal, which is all that is stored of it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
