"""Verifies service tokens that this server has issued."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.environment import Environment
from accounts.service_tokens.signing_keys import superseded_after
from models.sql import service_token as sql

_DOTS = 2
"""Of a JWT, between its header, its claims and its signature."""


_THUMBPRINT = re.compile(r"[A-Za-z0-9_-]{43}")
"""A SHA-256 (RFC 7638). PostgreSQL refuses a text with a null character."""


@dataclass(frozen=True)
class VerifiedToken:
    """What a valid service token says."""

    session_id: UUID
    audience: str
    jti: str
    client_id: str
    issued_at: int
    expires_at: int
    """Both in seconds since 1970."""


def is_jwt(token: str) -> bool:
    """Whether a token has the shape of a JWT. That of a session has no dot."""
    return token.count(".") == _DOTS


async def verify_service_token(token: str, *, env: Environment) -> VerifiedToken | None:
    """What the token says, if one of our keys signed it and it has not ended; None otherwise.

    Only `kid` of its header is used, to find a key in the database, and the key decides which
    algorithm it must have. A token cannot name its own key or another place for keys.
    """
    from joserfc import jws, jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import JWKRegistry

    now = env.clock()
    try:
        kid = jws.extract_compact(token.encode()).headers().get("kid")
        if not isinstance(kid, str) or not _THUMBPRINT.fullmatch(kid):
            return None
        key = await sql.published_one(kid, superseded_after=superseded_after(now))
        if key is None:
            return None
        public = JWKRegistry.import_key({**key.public_key})
        read = jwt.decode(token, public, algorithms=[key.algorithm])
    except (JoseError, ValueError):
        return None
    if read.header.get("typ") != "at+jwt" or read.claims["iss"] != env.issuer:
        return None
    if read.claims["exp"] <= now.timestamp():
        return None
    return _read(read.claims)


def _read(claims: dict[str, Any]) -> VerifiedToken:
    return VerifiedToken(
        session_id=UUID(claims["sid"]),
        audience=claims["aud"],
        jti=claims["jti"],
        client_id=claims["client_id"],
        issued_at=claims["iat"],
        expires_at=claims["exp"],
    )
