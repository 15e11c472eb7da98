"""`issueServiceToken`: somebody who is logged in gets a token for one other service."""

from datetime import datetime
from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.service_tokens import issue as operation
from accounts.service_tokens.issue import AudienceNotAllowed, ServiceTokenIssued
from accounts.sessions.current import Unauthenticated
from graph.context import Info
from graph.errors import (
    AudienceNotAllowedError,
    InvalidInputError,
    RateLimitedError,
    UnauthenticatedError,
)
from graph.mutations.mutation import mutation

AUDIENCE = strawberry.argument(description="The service's name, as the operator has named it.")


@strawberry.type(description="A token that one other service can check without asking this server.")
class ServiceToken:
    __repr__ = object.__repr__

    jwt: str = strawberry.field(
        description="A JWT (RFC 9068), signed with a key of `/.well-known/jwks.json`."
    )
    expires_at: datetime = strawberry.field(
        description="Ask for another one, with the same session, shortly before."
    )


@mutation(
    description="Exchanges the session for a token by which one other service recognises the "
    "person for five minutes."
)
async def issue_service_token(
    info: Info, audience: Annotated[str, AUDIENCE]
) -> (
    ServiceToken
    | InvalidInputError
    | UnauthenticatedError
    | AudienceNotAllowedError
    | RateLimitedError
):
    context = info.context
    match await operation.issue_service_token(
        token=context.bearer, audience=audience, client=context.client, env=context.env
    ):
        case ServiceTokenIssued(jwt, expires_at):
            return ServiceToken(jwt=jwt, expires_at=expires_at)
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case AudienceNotAllowed():
            return AudienceNotAllowedError()
        case Unauthenticated():
            return UnauthenticatedError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
