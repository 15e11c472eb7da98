"""connectx from Python: registers a person, or verifies their address and logs in.

python example.py register 'Ada Lovelace' ada@example.com secure_password
python example.py verify ada@example.com 123456 secure_password
python example.py wait <the verification's id>
"""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from typing import Any, assert_never

from connectx_client import Client, LoginInput, RegisterInput, VerifyEmailInput

URL = os.environ.get("CONNECTX_URL", "http://127.0.0.1:8000") + "/graphql"

# Each `match` names every member of its union. Once a release has one more, mypy reports the
# `assert_never` and names it. (FieldError is an interface: no error is of that type alone.)


async def register(name: str, email: str, password: str) -> str:
    """What the person is told."""
    async with Client(URL) as client:
        answer = await client.register(RegisterInput(name=name, email=email, password=password))
    match answer.typename__:
        case "RegisterSuccess" | "RegistrationPending" | "RegisterDryRunSuccess":
            return answer.message
        case "EmailAlreadyExistsError":
            return f"{answer.message} Log in instead?"
        case "InvalidInputError":
            errors = [error for error in answer.errors if error.typename__ != "FieldError"]
            return "\n".join(f"{error.field}: {error.message}" for error in errors)
        case "RateLimitedError" | "UnavailableError":
            return f"{answer.message} (in {answer.retry_after_seconds} s)"
        case "InternalError":
            return f"{answer.message} ({answer.incident_id})"
        case _:
            assert_never(answer)


async def verify(email: str, otp: str, password: str) -> str:
    """What the person is told, and who they are once logged in."""
    async with Client(URL) as client:
        answer = await client.verify_email(VerifyEmailInput(email=email, otp=otp))
    match answer.typename__:
        case "VerifyEmailSuccess":
            return f"{answer.message}\n{await login(email, password)}"
        case "InvalidOtpError":
            return f"{answer.message} ({answer.attempts_remaining} more attempts)"
        case "ExpiredOtpError" | "TooManyAttemptsError":
            return answer.message
        case "InvalidInputError":
            errors = [error for error in answer.errors if error.typename__ != "FieldError"]
            return "\n".join(f"{error.field}: {error.message}" for error in errors)
        case "RateLimitedError" | "UnavailableError":
            return f"{answer.message} (in {answer.retry_after_seconds} s)"
        case "InternalError":
            return f"{answer.message} ({answer.incident_id})"
        case _:
            assert_never(answer)


async def login(email: str, password: str) -> str:
    """Who the person is, or why they are not logged in."""
    async with Client(URL) as client:
        answer = await client.login(LoginInput(email=email, password=password))
    match answer.typename__:
        case "LoginSuccess":
            return await viewer(answer.access_token)
        case "CookieLoginSuccess":  # only after `transport: COOKIE`, which is for browsers
            return answer.user.email
        case "InvalidCredentialsError" | "EmailNotVerifiedError" | "InvalidInputError":
            return answer.message
        case "AccountDisabledError" | "AccountDeletionPendingError":
            return answer.message
        case "RateLimitedError" | "UnavailableError":
            return f"{answer.message} (in {answer.retry_after_seconds} s)"
        case "InternalError":
            return f"{answer.message} ({answer.incident_id})"
        case _:
            assert_never(answer)


async def viewer(token: str) -> str:
    """Who the server says that the person is."""
    async with Client(URL, headers={"Authorization": f"Bearer {token}"}) as client:
        seen = await client.viewer()
    return f"{seen.email}, verified: {seen.is_verified}" if seen else "nobody"


async def wait(verification: str) -> str:
    """How a verification has ended, which was registered here and may be verified anywhere."""
    end = "nobody knows"
    async with Client(URL, ws_url=URL.replace("http", "ws", 1)) as client:
        async for status in client.verification_changed(verification):
            end = status.value
    return end


if __name__ == "__main__":
    commands: dict[str, Callable[..., Coroutine[Any, Any, str]]]
    commands = {"register": register, "verify": verify, "wait": wait}
    print(asyncio.run(commands[sys.argv[1]](*sys.argv[2:])))
