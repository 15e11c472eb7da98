"""The bare routes that write: nothing but the real server's statements, in its transactions."""

import asyncio
import hashlib
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import bare_sql as sql
from argon2 import PasswordHasher
from starlette.requests import Request
from starlette.responses import JSONResponse
from uuid6 import uuid7

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_OTP_LIFETIME = timedelta(minutes=10)

# OWASP's first choice, as accounts.hashing.hasher has it,
# and as many threads as cores, which give way.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_HASHES = ThreadPoolExecutor(
    len(os.sched_getaffinity(0)),
    initializer=lambda: os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10),
)


async def _given(request: Request) -> dict[str, Any]:
    given: dict[str, Any] = (await request.json())["variables"]["input"]
    return given


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _client(request: Request) -> str:
    return hashed(request.client.host if request.client else "")


async def _hit(db: Any, *windows: tuple[str, str, timedelta]) -> None:
    await db.fetch(sql.hits(len(windows)), *_counted(*windows))


def _counted(*windows: tuple[str, str, timedelta]) -> list[Any]:
    now = datetime.now(UTC)
    values = [now]
    for rule, who, window in windows:
        key = f"{rule}/{who}/1000000/{int(window.total_seconds())}/second"
        values += [key, now + window, 1_000_000]
    return values


def user(row: Any, prefix: str = "users_") -> dict[str, Any]:
    return {
        "id": str(row[f"{prefix}id"]),
        "name": row[f"{prefix}name"],
        "email": row[f"{prefix}email"],
        "role": row[f"{prefix}role"],
        "isVerified": row[f"{prefix}is_verified"],
        "isProfileComplete": True,
        "profile": [],
        "missingProfileFields": [],
        "nextSteps": [] if row[f"{prefix}is_verified"] else ["VERIFY_EMAIL"],
        "invitedBy": row[f"{prefix}invited_by"],
        "tenant": None,
        "createdAt": row[f"{prefix}created_at"].isoformat(),
        "updatedAt": row[f"{prefix}updated_at"].isoformat(),
    }


def answer(operation: str, value: Any) -> JSONResponse:
    return JSONResponse({"data": {operation: value}})


async def _verifying(db: Any, request: Request, email: str, address: str) -> Any:
    client = _client(request)
    per_address = [("verify_address", address, window) for window in (_MINUTE, _DAY)]
    values = _counted(("verify_client", client, _MINUTE), *per_address)
    return await db.fetchrow(sql.hits_and_newest(3), *values, email, UUID(int=0))


async def register(request: Request) -> JSONResponse:
    """A hash and one INSERT: what nobody who registers people can do without."""
    given = await _given(request)
    hashing = asyncio.get_running_loop().run_in_executor(_HASHES, _HASHER.hash, given["password"])
    person, now = uuid7(), datetime.now(UTC)
    values = (person, given["email"], given["name"], await hashing, now)
    async with request.app.state.pool.acquire() as db:
        await db.execute(sql.USER, *values)
    return answer("register", {"__typename": "RegisterSuccess", "user": {"id": str(person)}})


async def verify_wrong(request: Request) -> JSONResponse:
    email = (await _given(request))["email"]
    address = hashed(email)
    async with request.app.state.pool.acquire() as db:
        newest = await _verifying(db, request, email, address)
        now = datetime.now(UTC)
        keys = (f"guesses/code/{newest['id']}", f"guesses/account/{address}")
        told = f"guesses/told/{address}"
        used = await db.fetchval(sql.COUNT_WRONG_CODE, now, 100, now + _DAY, *keys, told, 5)
    error = {
        "__typename": "InvalidOtpError",
        "message": "Invalid OTP.",
        "attemptsRemaining": 5 - used,
    }
    return answer("verifyEmail", error)


async def verify_right(request: Request) -> JSONResponse:
    email = (await _given(request))["email"]
    address = hashed(email)
    account = f"guesses/account/{address}"
    async with request.app.state.pool.acquire() as db:
        newest = await _verifying(db, request, email, address)
        counts = (f"guesses/told/{address}", f"guesses/code/{newest['id']}", 5, account, 100)
        user_id, now = newest["user_id"], datetime.now(UTC)
        entry = (uuid7(), now, "api", "verified", "a***@example.com", address, None)
        row = await db.fetchrow(sql.spend(), user_id, newest["id"], now, *counts, *entry)
    success = {
        "__typename": "VerifyEmailSuccess",
        "message": "Email verified successfully.",
        "user": user(row),
    }
    return answer("verifyEmail", success)


async def resend(request: Request) -> JSONResponse:
    email = (await _given(request))["email"]
    address, made, new = hashed(email), datetime.now(UTC), uuid7()
    ends = made + _OTP_LIFETIME
    per_address = [("resend_address", address, window) for window in (_MINUTE, _HOUR)]
    async with request.app.state.pool.acquire() as db:
        values = _counted(("resend_client", _client(request), _HOUR), *per_address)
        row = await db.fetchrow(sql.hits_and_user(3), *values, email)
        await _hit(db, *[("mail_address", address, window) for window in (_HOUR, _DAY)])
        async with db.transaction():
            await db.fetch(sql.RENEW, row["users_id"], new, ends, email)
            proof = (new, "REGISTRATION", None, "0" * 16, ends, None, ends, address, None, None)
            proof = (*proof, made, row["users_id"])
            data = '{"product": "ConnectX", "tenant": null, "language": null}'
            mail = (uuid7(), "verification", email, data, "queued", made)
            rest = (None, 0, None, made, None, new)
            counts = (f"guesses/told/{address}", f"guesses/code/{new}", made + _DAY)
            await db.fetch(sql.reissue(), *proof, *mail, *rest, *counts)
    success = {
        "__typename": "ResendVerificationSuccess",
        "message": "Verification email sent successfully.",
        "resendAvailableAt": (made + _MINUTE).isoformat(),
    }
    return answer("resendVerification", success)
