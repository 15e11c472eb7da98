"""`POST /introspect` (RFC 7662): tells other services whether a token is valid, and whose it is."""

import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from accounts.environment import Environment
from accounts.outages import described, retry_after
from accounts.service_tokens.verify import VerifiedToken
from accounts.services.introspect import ActiveToken, InactiveToken, introspect
from accounts.services.service_keys import MissingScope, UnknownServiceKey
from server.http.request_context import bearer_of

_MAX_BODY = 8 * 1024
"""Bytes. A service token has some hundred characters, with all claims of a template."""

_NEVER_STORED = {"cache-control": "no-store"}

_log = logging.getLogger("connectx.introspection")


def routes(env: Environment) -> list[Route]:

    async def answer(request: Request) -> Response:
        token = await _token(request)
        if token is None:
            return _refused(HTTPStatus.BAD_REQUEST, "invalid_request")
        try:
            outcome = await introspect(key=bearer_of(request), token=token, env=env)
        except Exception as error:
            seconds = retry_after(error)
            if seconds is None:
                raise
            return _unavailable(error, seconds)
        match outcome:
            case ActiveToken() as active:
                return JSONResponse(_active(active, issuer=env.issuer), headers=_NEVER_STORED)
            case InactiveToken():
                return JSONResponse({"active": False}, headers=_NEVER_STORED)
            case UnknownServiceKey():
                return _refused(HTTPStatus.UNAUTHORIZED, "invalid_token")
            case MissingScope(scope):
                return _refused(HTTPStatus.FORBIDDEN, "insufficient_scope", scope=scope)

    return [Route("/introspect", answer, methods=["POST"])]


def _active(active: ActiveToken, *, issuer: str) -> dict[str, Any]:
    user, service_token = active.user, active.service_token
    return {
        "active": True,
        "iss": issuer,
        "sub": str(user.id),
        "sid": str(active.session_id),
        "exp": int(active.expires_at.timestamp()),
        **({} if service_token is None else _of_service_token(service_token)),
        "token_type": "Bearer",
        "role": user.role,
        "tenant": None if user.tenant is None else str(user.tenant.id),
        "email_verified": user.is_verified,
    }


def _of_service_token(token: VerifiedToken) -> dict[str, Any]:
    """What only a service token has. It ends before its session."""
    return {
        "exp": token.expires_at,
        "iat": token.issued_at,
        "jti": token.jti,
        "aud": token.audience,
        "client_id": token.client_id,
    }


async def _token(request: Request) -> str | None:
    """The one `token` of a form. None if the request has no such form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BODY:
            return None
    try:
        found = parse_qs(body.decode("ascii"), max_num_fields=10).get("token", [])
    except ValueError:
        return None
    return found[0] if len(found) == 1 else None


def _unavailable(error: Exception, seconds: int) -> Response:
    _log.warning("a token could not be introspected: %s", described(error))
    headers = _NEVER_STORED | {"retry-after": str(seconds)}
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse({"error": "temporarily_unavailable"}, status, headers=headers)


def _refused(status: HTTPStatus, error: str, *, scope: str | None = None) -> Response:
    """An error of RFC 6750 or RFC 6749. It does not tell what was wrong with a key."""
    wanted = f', scope="{scope}"' if scope else ""
    challenge = {"www-authenticate": f'Bearer error="{error}"{wanted}'}
    headers = _NEVER_STORED | (challenge if status is not HTTPStatus.BAD_REQUEST else {})
    return JSONResponse({"error": error}, status, headers=headers)
