"""Runs all checks; a check that fails does not stop the others."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from server.clock import utc_now
from server.doctor.breached_passwords import check_breached_passwords
from server.doctor.database import check_database
from server.doctor.findings import Finding, failed, fine, warning
from server.doctor.hashing import check_hashing
from server.doctor.limits import check_limits
from server.doctor.logo import check_logo
from server.doctor.mail import check_mail
from server.doctor.open_files import check_open_files
from server.doctor.public_url import check_public_url
from server.doctor.secret_key import check_keys
from server.doctor.test_addresses import check_test_addresses
from server.doctor.trusted_documents import check_documents
from server.settings import PREFIX, Settings, SettingsError

_TIMEOUT = 20.0
"""Seconds for each check, in case a service that it contacts never answers."""


@dataclass(frozen=True)
class _Check:
    subject: str
    work: Callable[[], Awaitable[list[Finding]]]
    needs: tuple[str, ...]
    """The check is skipped if one of these settings is invalid."""


async def examine(*, send_to: str | None = None) -> list[Finding]:
    """The findings of all checks. Changes nothing; sends a test mail only to `send_to`."""
    settings, found, wrong = _settings()
    if settings is None:
        return found
    database = ("DATABASE_URL", "DATA_DIR", "DATABASE_POOL", "DATABASE_TIMEOUT")
    checks = [
        _Check("database", lambda: check_database(settings, utc_now), database),
        _Check("secret key", lambda: check_keys(settings), ("SECRET_KEY", *database)),
        _Check("mail", lambda: check_mail(settings, utc_now(), send_to), ("SMTP_URL", "MAIL_FROM")),
        _Check("public URL", lambda: check_public_url(settings), ("PUBLIC_URL", "TRUSTED_PROXIES")),
        _Check("limits", lambda: check_limits(settings), ("RATE_LIMITS", "RATE_LIMIT_URL")),
        _Check("open files", lambda: check_open_files(settings), ("SUBSCRIPTIONS",)),
        _Check("documents", lambda: check_documents(settings), _named("TRUSTED_DOCUMENTS")),
        _Check(
            "breached passwords",
            lambda: check_breached_passwords(settings),
            ("BREACHED_PASSWORDS",),
        ),
        _Check(
            "test addresses",
            lambda: check_test_addresses(settings, utc_now()),
            ("TEST_ADDRESSES",),
        ),
        _Check("logo", lambda: check_logo(settings), ("LOGO",)),
        _Check("hashing", lambda: check_hashing(settings), _named("ARGON2_")),
    ]
    results = await asyncio.gather(*(_result(check, wrong) for check in checks))
    return [*found, *(finding for result in results for finding in result)]


async def _result(check: _Check, wrong: Sequence[str]) -> list[Finding]:
    missing = [f"{PREFIX}{name}" for name in check.needs if f"{PREFIX}{name}" in wrong]
    if missing:
        return [warning(check.subject, "not checked", f"Fix {' and '.join(missing)} first.")]
    try:
        async with asyncio.timeout(_TIMEOUT):
            return await check.work()
    except TimeoutError:
        to_do = "Check that the service is reachable and responds."
        return [failed(check.subject, f"no answer within {_TIMEOUT:.0f} s", to_do)]
    except Exception as error:  # noqa: BLE001 - any error becomes a finding
        what = f"could not be checked: {type(error).__name__}"
        return [failed(check.subject, what, "Report this: it is a bug.")]


def _settings() -> tuple[Settings | None, list[Finding], list[str]]:
    """The settings without the invalid ones, the findings, and the names of the invalid ones.

    Removes the invalid settings from the environment of this process.
    """
    try:
        return Settings.read(), [fine("settings", "all are valid")], []
    except SettingsError as error:
        lines = str(error).splitlines()
    wrong = [line.partition(":")[0] for line in lines]
    found = [failed("settings", line, "See docs/settings.md.") for line in lines]
    for name in wrong:
        os.environ.pop(name, None)
    try:
        return Settings.read(), found, wrong
    except SettingsError:
        return None, found, wrong


def _named(prefix: str) -> tuple[str, ...]:
    return tuple(name.upper() for name in Settings.model_fields if name.upper().startswith(prefix))
