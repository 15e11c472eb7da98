"""`make enumeration`: what a stopwatch tells of an address that is known, and of one that is not.

Calls on known and unknown addresses take turns, so that whatever else the machine does falls on
both. Prints the medians of 200 calls each and how far they are apart; exits with 1 above 5 %.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness.database import rows as execute
from harness.processes import connectx, serving
from harness.service import Service
from timing import UNLIMITED, median_ms, postgres_settings, timed

from accounts.hashing.hasher import HashingCost

_CALLS = 200
_TOLERANCE = 0.05
_CONCEALING = """
roles = ["customer"]
defaultRole = "customer"
verificationMethods = ["OTP"]
concealExistingAccounts = true
"""

Call = Callable[[str], Any]


def _compare(
    call: Call, expected: str, known: list[str], unknown: list[str]
) -> tuple[float, float]:
    """The median milliseconds of calls on known and on unknown addresses."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for number, pair in enumerate(zip(known, unknown, strict=True)):
        # Who comes first takes turns too: a call may find what the one before has left behind.
        for side in (0, 1) if number % 2 else (1, 0):
            took = timed(lambda: call(pair[side]), expected=expected)  # noqa: B023 - called at once
            seconds[side].append(took)
    return median_ms(seconds[0]), median_ms(seconds[1])


def _email_change(service: Service, settings: dict[str, str]) -> Call:
    """Asks for an address as somebody who is logged in."""
    service.register(email="eve@example.com")
    connectx("users", "verify", "eve@example.com", **settings)
    token = service.login("eve@example.com")["accessToken"]

    def ask(address: str) -> Any:
        given = {"newEmail": address, "password": "secure_password"}
        return service.run("request_email_change", token=token, input=given)

    return ask


def _rows(service: Service, settings: dict[str, str]) -> list[tuple[str, float, float]]:
    count = _CALLS + 20

    def people(name: str) -> list[str]:
        return [f"{name}{number}@example.com" for number in range(count)]

    taken = people("taken")
    for address in taken:
        service.register(email=address)
    owners = people("owner")
    for address in owners:
        service.register(email=address)
    # Only a verified user keeps others from an address.
    verify = "UPDATE users SET is_verified = TRUE WHERE email LIKE 'owner%'"
    execute(settings["DATABASE_URL"], verify)
    operations: list[tuple[str, Call, str]] = [
        ("login", lambda a: service.login(a, "wrong password"), "InvalidCredentialsError"),
        ("verifyEmail", lambda a: service.verify("000000", a), "InvalidOtpError"),
        ("resendVerification", service.resend, "ResendVerificationSuccess"),
        ("requestPasswordReset", service.request_reset, "PasswordResetRequested"),
        ("resetPassword", lambda a: service.reset("000000", a), "InvalidOtpError"),
        ("requestEmailChange", _email_change(service, settings), "EmailChangeRequested"),
        ("register, concealed", lambda a: service.register(email=a), "RegistrationPending"),
    ]
    rows = []
    for name, call, expected in operations:
        known = owners if name == "requestEmailChange" else taken
        fresh = people(name.split(",", maxsplit=1)[0].lower())
        _compare(call, expected, known[_CALLS:], fresh[_CALLS:])  # warm
        rows.append((name, *_compare(call, expected, known[:_CALLS], fresh[:_CALLS])))
    return rows


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, postgres_settings() as settings:
        policy = Path(folder) / "concealing.toml"
        policy.write_text(_CONCEALING)
        cost = HashingCost()
        real = {
            "ARGON2_MEMORY_KIB": str(cost.memory_kib),
            "ARGON2_ITERATIONS": str(cost.iterations),
            "POLICY": str(policy),
        }
        with serving("--no-delivery", **{**settings, **UNLIMITED, **real}) as server:
            rows = _rows(server, settings)
    print(f"{'':22}{'known':>10}{'unknown':>10}{'apart':>8}")
    worst = 0.0
    for name, known, unknown in rows:
        apart = abs(known - unknown) / min(known, unknown)
        worst = max(worst, apart)
        print(f"{name:22}{known:7.2f} ms{unknown:7.2f} ms{apart:7.1%}")
    return int(worst > _TOLERANCE)


if __name__ == "__main__":
    sys.exit(main())
