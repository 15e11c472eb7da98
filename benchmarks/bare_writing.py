"""The bare routes that write: nothing but the real server's statements, in its transactions."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import bare_sql as sql
from starlette.requests import Request
from starlette.responses import JSONResponse
from uuid6 import uuid7

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_OTP_LIFETIME = timedelta(minutes=10)
_YES, _NO = True, False


async def _given(request: Request) -> dict[str, Any]:
    return (await request.json())["variables"]["input"]  # type: ignore[no-any-return]


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _client(request: Request) -> str:
    return hashed(request.client.host if request.client else "")


async def _hit(db: Any, rule: str, who: str, *windows: timedelta) -> None:
    for window in windows:
        now = datetime.now(UTC)
        key = f"{rule}/{who}/1000000/{int(window.total_seconds())}/second"
        await db.fetch(sql.HIT, key, 1, now + window, now)


def user(row: Any, prefix: str = "") -> dict[str, Any]:
    return {
        "id": str(row[f"{prefix}id"]),
        "name": row[f"{prefix}name"],
        "email": row[f"{prefix}email"],
        "role": row[f"{prefix}role"],
        "isVerified": row[f"{prefix}is_verified"],
        "isProfileComplete": row[f"{prefix}is_profile_complete"],
        "invitedBy": row[f"{prefix}invited_by"],
        "tenant": None,
        "createdAt": row[f"{prefix}created_at"].isoformat(),
        "updatedAt": row[f"{prefix}updated_at"].isoformat(),
    }


def answer(operation: str, value: Any) -> JSONResponse:
    return JSONResponse({"data": {operation: value}})


async def verify_wrong(request: Request) -> JSONResponse:
    email = (await _given(request))["email"]
    address = hashed(email)
    async with request.app.state.pool.acquire() as db:
        await _hit(db, "verify_client", _client(request), _MINUTE)
        await _hit(db, "verify_address", address, _MINUTE, _DAY)
        newest = await db.fetchrow(sql.NEWEST_VERIFICATION, email, 1)
        now = datetime.now(UTC)
        used = await db.fetchval(sql.HIT, f"otp/{newest['id']}/5/1/day", 1, now + _DAY, now)
        await db.fetch(sql.COUNT_IN_A_ROW, f"failures/{address}", now + _DAY, now, 100)
    error = {
        "__typename": "InvalidOtpError",
        "message": "Invalid OTP",
        "attemptsRemaining": 5 - used,
    }
    return answer("verifyEmail", error)


async def verify_right(request: Request) -> JSONResponse:
    email = (await _given(request))["email"]
    address = hashed(email)
    account = f"failures/{address}"
    async with request.app.state.pool.acquire() as db:
        await _hit(db, "verify_client", _client(request), _MINUTE)
        await _hit(db, "verify_address", address, _MINUTE, _DAY)
        newest = await db.fetchrow(sql.NEWEST_VERIFICATION, email, 1)
        code = f"otp/{newest['id']}/5/1/day"
        user_id, now = newest["user_id"], datetime.now(UTC)
        await db.fetch(sql.SPEND, user_id, newest["id"], now, code, 5, account, 100)
        await db.execute(sql.FORGET_COUNT, account)
        row = await db.fetchrow(sql.USER, user_id, 1)
    success = {
        "__typename": "VerifyEmailSuccess",
        "message": "Email verified successfully",
        "user": user(row),
    }
    return answer("verifyEmail", success)


async def resend(request: Request) -> JSONResponse:
    email = (await _given(request))["email"]
    address, made, new = hashed(email), datetime.now(UTC), uuid7()
    ends = made + _OTP_LIFETIME
    async with request.app.state.pool.acquire() as db:
        await _hit(db, "resend_client", _client(request), _HOUR)
        await _hit(db, "resend_address", address, _MINUTE, _HOUR)
        row = await db.fetchrow(sql.USER_TO_RESEND, email, 1)
        await _hit(db, "mail_address", address, _HOUR, _DAY)
        async with db.transaction():
            held_until = max(row["held_until"], ends)
            await db.execute(sql.NAME_NEWEST, new, held_until, row["id"], _NO)
            await db.execute(sql.NAME_NONE, row["id"], _YES)
            await db.execute(sql.ADD_VERIFICATION, new, "0" * 16, ends, None, ends, made, row["id"])
            mail = (uuid7(), "verification", email, '{"product": "ConnectX"}', "queued", made)
            await db.execute(sql.ADD_MAIL, *mail, None, 0, None, made, None, new)
            code = f"otp/{new}/5/1/day"
            await db.execute(sql.OPEN_COUNT, code, "otp//5/1/day", made, made + _DAY)
            await db.execute(sql.FORGET_COUNT, f"otp/{address}/5/1/day")
    success = {
        "__typename": "ResendVerificationSuccess",
        "message": "Verification email sent successfully",
        "resendAvailableAt": (made + _MINUTE).isoformat(),
    }
    return answer("resendVerification", success)
