"""`/.well-known/`: the public keys of service tokens, and what else other services can find."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from accounts.environment import Environment
from accounts.service_tokens.signing_keys import KEYS_LIFETIME, superseded_after
from models.sql.service_token import published

_PUBLIC = {
    "cache-control": f"public, max-age={int(KEYS_LIFETIME.total_seconds())}",
    # They are public, and a page of any origin may check a token.
    "access-control-allow-origin": "*",
}


def routes(env: Environment) -> list[Route]:
    """The keys as a JWK set (RFC 7517), and the metadata of RFC 8414."""

    async def keys(_: Request) -> Response:
        found = await published(superseded_after=superseded_after(env.clock()))
        return JSONResponse({"keys": [key.public_key for key in found]}, headers=_PUBLIC)

    async def metadata(_: Request) -> Response:
        return JSONResponse(_metadata(env.issuer), headers=_PUBLIC)

    return [
        Route("/.well-known/jwks.json", keys),
        Route("/.well-known/oauth-authorization-server", metadata),
    ]


def _metadata(issuer: str) -> dict[str, Any]:
    """The metadata of RFC 8414. People log in by the API, so it lists no OAuth grants."""
    return {
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "introspection_endpoint": f"{issuer}/introspect",
        "introspection_endpoint_auth_methods_supported": ["Bearer"],
        "response_types_supported": [],
        "grant_types_supported": [],
    }
