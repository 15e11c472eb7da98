"""Logs a client in that has registered a person, once their address is verified.

The token is worth no more than the password that was typed at the registration. It is void once it
is used, once the password is another one, and once the time of the last code or link is over. The
token of a registration that was replaced never logs in.
"""

import hashlib
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any, TypeAlias
from uuid import UUID

from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import Hit, RateLimited
from accounts.login.log_in import LoggedIn
from accounts.problems import InvalidInput, InvalidTokenFormat
from accounts.sessions.open import open_in_transaction
from accounts.verification.status import ENDS_AT
from accounts.verification.token_format import read_token
from languages.text import Text
from models.sql.database import Statement, as_moment, as_uuid, fetch, transaction
from models.sql.lock import lock_user_by_id
from models.sql.select import read_user

_ID_BYTES = 16
MALFORMED_CONTINUATION = InvalidTokenFormat(
    Text("Please log in with your password."), field="continuation"
)

_FIND = f"""
SELECT v.id, v.continuation_hash, v.continuation_password, {ENDS_AT} AS ends_at,
    u.id AS user_id, u.is_verified, u.password_hash
FROM email_verifications v LEFT JOIN users u ON u.id = v.user_id
WHERE v.id = {{0}}
"""  # noqa: S608 - no value is written into it

_USE = """
UPDATE email_verifications SET continuation_hash = NULL, continuation_password = NULL
WHERE id = $1 AND continuation_hash = $2
RETURNING id
"""


@dataclass(frozen=True)
class VerificationPending:
    """The address is not verified yet, and can be."""


@dataclass(frozen=True)
class InvalidContinuation:
    """The token was never given, is used, or is void."""


ContinueOutcome: TypeAlias = (
    LoggedIn | InvalidInput | VerificationPending | InvalidContinuation | RateLimited
)


async def continue_login(*, continuation: str, client: Client, env: Environment) -> ContinueOutcome:
    """Opens a session if the token is valid and the address is verified.

    A concealed registration of a taken address takes the same statement. Its token is pending until
    the time of its mail is over, like that of a person who never verifies.
    """
    token = read_token(continuation, otherwise=MALFORMED_CONTINUATION)
    if isinstance(token, InvalidInput):
        return token
    verification_id, token_hash = _parts(token)
    found = await env.rate_limiter.hit_and_fetch(
        Hit("verify_client", client.key), query=Statement(_FIND, (verification_id,))
    )
    if isinstance(found, RateLimited):
        return found
    if not found or not _is_valid(found[0], token_hash):
        return InvalidContinuation()
    row = found[0]
    if row["is_verified"]:
        return await _log_in(row, token_hash, client=client, env=env)
    in_time = as_moment(row["ends_at"]) > env.clock()
    return VerificationPending() if in_time else InvalidContinuation()


def _parts(token: str) -> tuple[UUID, str]:
    """The verification's id, and the hash of the random bits."""
    raw = urlsafe_b64decode(token)
    return UUID(bytes=raw[:_ID_BYTES]), hashlib.sha256(raw[_ID_BYTES:]).hexdigest()


def _is_valid(row: Mapping[str, Any], token_hash: str) -> bool:
    """Whether the token is the stored one, and the user still has the same password."""
    if not compare_digest(row["continuation_hash"] or "", token_hash):
        return False
    if row["user_id"] is None:  # a decoy, or a registration that was replaced
        return True
    password = hashlib.sha256(row["password_hash"].encode()).hexdigest()
    return compare_digest(row["continuation_password"] or "", password)


async def _log_in(
    row: Mapping[str, Any], token_hash: str, *, client: Client, env: Environment
) -> LoggedIn | InvalidContinuation:
    """Uses the token up and opens a session: both or neither."""
    user_id = as_uuid(row["user_id"])
    async with transaction():
        # A change of the password comes before or after the login: before, it is seen here; after,
        # it ends the session.
        if await lock_user_by_id(user_id, password_hash=row["password_hash"]) is None:
            return InvalidContinuation()
        if not await fetch(_USE, as_uuid(row["id"]), token_hash):
            return InvalidContinuation()
        user = await read_user(user_id)
        if user is None or user.held_until <= env.clock():
            return InvalidContinuation()
        opened = await open_in_transaction(
            user, client=client, detail="after the registration", env=env
        )
    return LoggedIn(user=user, access_token=opened.token, expires_at=opened.ends_at)
