"""Issues a service token: exchanges a session for a JWT that one other service can check."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from uuid6 import uuid7

from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import Hit, RateLimited
from accounts.problems import InvalidAudience, InvalidInput
from accounts.service_tokens.claims import filled
from accounts.service_tokens.signing_keys import TOKEN_LIFETIME, signed
from accounts.sessions.current import Current, Unauthenticated, required_session
from models import Audience
from models.sql import service_token as sql

AUDIENCE_NAME = re.compile(r"[A-Za-z0-9._:/-]{1,128}")
"""What an audience may be called: a word such as `orders`, or the URL of a service."""

CLIENT_ID = "connectx"
"""The `client_id` of all tokens, which RFC 9068 requires. People log in to this server alone."""


@dataclass(frozen=True)
class ServiceTokenIssued:
    """A JWT for the audience, which ends five minutes after it was issued."""

    jwt: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class AudienceNotAllowed:
    """No audience has this name."""


IssueOutcome: TypeAlias = (
    ServiceTokenIssued | InvalidInput | AudienceNotAllowed | Unauthenticated | RateLimited
)


class NoSigningKeyError(RuntimeError):
    """There are audiences, but no key signs. `connectx keys rotate --now` makes one."""


async def issue_service_token(
    *, token: str | None, audience: str, client: Client, env: Environment
) -> IssueOutcome:
    """A JWT that says whose session the token is of. It counts as a use of the session."""
    if not AUDIENCE_NAME.fullmatch(audience):
        return InvalidInput((InvalidAudience(),))
    current = await required_session(token=token, client=client, env=env)
    if not isinstance(current, Current):
        return current
    now = env.clock()
    rows = await env.rate_limiter.hit_and_fetch(
        Hit("exchange_user", str(current.user.id)), query=sql.for_audience(audience, now=now)
    )
    if isinstance(rows, RateLimited):
        return rows
    for row in rows:
        key = sql.key_in(row)
        if key is None:
            raise NoSigningKeyError
        claims = _claims(current, sql.audience_in(row), now=now, env=env)
        return ServiceTokenIssued(signed(claims, key=key, keys=env.keys), now + TOKEN_LIFETIME)
    return AudienceNotAllowed()


def _claims(
    current: Current, audience: Audience, *, now: datetime, env: Environment
) -> dict[str, Any]:
    """The claims of RFC 9068, 2.2, and those of the person.

    Those of the template come first, so that none of them replaces another.
    """
    user = current.user
    values = {
        "sub": str(user.id),
        "role": user.role,
        "tenant": None if user.tenant is None else str(user.tenant.id),
        "email_verified": user.is_verified,
        "sid": str(current.session_id),
        **({"email": user.email} if audience.has_email else {}),
    }
    return {
        **filled(audience.claims, values),
        "iss": env.issuer,
        "aud": audience.name,
        "exp": int((now + TOKEN_LIFETIME).timestamp()),
        "iat": int(now.timestamp()),
        "jti": str(uuid7()),
        "client_id": CLIENT_ID,
        **values,
    }
