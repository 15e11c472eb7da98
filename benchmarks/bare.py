"""What the server is compared with: bare Starlette routes that run the same SQL through asyncpg.

They check nothing and decide nothing: one function for each operation, with the statements of
`bare_sql` in the real server's transactions, and the same JSON. Keys of counters have the real
ones' form.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import bare_sql as sql
from bare_writing import answer, hashed, register, resend, user, verify_right, verify_wrong
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from tortoise.context import TortoiseContext

from models.configuration import tortoise_config


async def _forget_nothing(_: Any) -> None:
    """In place of asyncpg's reset of a connection, where the real server does without it too."""


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    reset = None if os.environ["CONNECTX_BARE_RESET"] == "on" else _forget_nothing
    url = os.environ["CONNECTX_DATABASE_URL"]
    async with TortoiseContext() as models:
        await models.init(tortoise_config(url))  # for the names of columns; it connects to nothing
    async with asyncpg.create_pool(url, min_size=0, max_size=10, reset=reset) as pool:
        app.state.pool = pool
        yield


async def viewer(request: Request) -> JSONResponse:
    await request.json()
    token = request.headers["authorization"].partition(" ")[2]
    async with request.app.state.pool.acquire() as db:
        session = await db.fetchrow(sql.session(), hashed(token), datetime.now(UTC))
    return answer("viewer", user(session))


async def policy_tenant(request: Request) -> JSONResponse:
    tenant = UUID((await request.json())["variables"]["tenant"])
    async with request.app.state.pool.acquire() as db:
        await db.fetchrow(sql.tenant(), tenant)
    return _policy(["pastor", "member"], default=None, named=False, shortest=6, method="LINK")


async def policy(request: Request) -> JSONResponse:
    await request.json()
    return _policy(["customer"], default="customer", named=True, shortest=8, method="OTP")


def _profile_field(key: str, kind: str, *, longest: int | None = None) -> dict[str, object]:
    return {
        "key": key,
        "type": kind,
        "required": kind == "PHONE",
        "label": key.title(),
        "choices": [],
        "maxLength": longest,
    }


_PROFILE = [
    _profile_field("phone", "PHONE"),
    _profile_field("birthday", "DATE"),
    _profile_field("address", "LONG_TEXT", longest=1000),
]


def _policy(
    roles: list[str], *, default: str | None, named: bool, shortest: int, method: str
) -> JSONResponse:
    policy = {
        "roles": roles,
        "defaultRole": default,
        "nameRequired": named,
        "passwordMinLength": shortest,
        "passwordMaxLength": 128,
        "passwordAt": "REGISTRATION",
        "emailChangeConfirms": "NEW",
        "deletionDays": 7,
        "verificationMethods": [method],
        "product": {"name": "ConnectX", "logoUrl": None, "support": None, "supportUrl": None},
        "otpSeconds": 600 if method == "OTP" else None,
        "linkSeconds": 86400 if method == "LINK" else None,
        "askInvitedBy": method == "LINK",
        "profileFields": _PROFILE if method == "LINK" else [],
    }
    return answer("registrationPolicy", policy)


async def typename(request: Request) -> JSONResponse:
    await request.json()
    return answer("__typename", "Query")


async def readyz(_: Request) -> JSONResponse:
    return JSONResponse({})


_OPERATIONS = [
    register,
    verify_wrong,
    verify_right,
    resend,
    viewer,
    policy_tenant,
    policy,
    typename,
]

app = Starlette(
    routes=[
        *(Route(f"/{each.__name__}", each, methods=["POST"]) for each in _OPERATIONS),
        Route("/readyz", readyz),
    ],
    lifespan=_lifespan,
)
