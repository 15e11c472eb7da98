"""Service keys: what a service may ask, and which key a request has."""

import secrets
from dataclasses import dataclass
from enum import StrEnum

from accounts.environment import Environment
from accounts.sessions.lifetime import TOUCH_AFTER
from accounts.sessions.token import hash_of_token
from models import ServiceKey
from models.sql import service_key as sql

PREFIX = "cxk_"
"""Lets a scanner for secrets recognise a key that was committed or logged."""

_KEY_BYTES = 32
"""256 bits, so that a key cannot be found from its SHA-256, the only part that is stored."""


class Scope(StrEnum):
    """What a service may do with its key."""

    INTROSPECT = "introspect"
    """Ask whether the token of a session or a service token is valid, and whose it is."""

    ENTITIES_READ = "entities:read"
    """Read users and tenants by their ids, as the gateway of a federated graph does."""


@dataclass(frozen=True)
class UnknownServiceKey:
    """There is no key, it is not one of ours, or it has expired or was revoked."""


@dataclass(frozen=True)
class MissingScope:
    """The key is valid, but not for this."""

    scope: Scope


def new_service_key() -> str:
    """A new key. Whoever makes it shows it once, and stores its hash."""
    return PREFIX + secrets.token_urlsafe(_KEY_BYTES)


def is_key(token: str | None) -> bool:
    """Whether a token looks like a key. Those of sessions are shorter."""
    return token is not None and token.startswith(PREFIX)


async def key_for(
    scope: Scope, *, key: str | None, env: Environment
) -> ServiceKey | UnknownServiceKey | MissingScope:
    """The service key of a request, if it is valid and has the scope. Records that it is used."""
    now = env.clock()
    found = None if key is None else await sql.find(hash_of_token(key), now=now)
    if found is None:
        return UnknownServiceKey()
    if scope not in found.scopes:
        return MissingScope(scope)
    if found.last_used_at is None or now - found.last_used_at >= TOUCH_AFTER:
        await sql.touch(found.id, now=now)
    return found
