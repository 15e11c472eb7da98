"""Runs every check, whatever becomes of the others."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from server.clock import utc_now
from server.doctor.database import check_database
from server.doctor.findings import Finding, failed, fine, warning
from server.doctor.hashing import check_hashing
from server.doctor.limits import check_limits
from server.doctor.mail import check_mail
from server.doctor.public_url import check_public_url
from server.doctor.secret_key import check_keys
from server.doctor.trusted_documents import check_documents
from server.settings import PREFIX, Settings, SettingsError

_TIMEOUT = 20.0
"""Seconds for each check, should what it asks have no end of its own."""


@dataclass(frozen=True)
class _Check:
    subject: str
    work: Callable[[], Awaitable[list[Finding]]]
    needs: tuple[str, ...]
    """Settings without which there is nothing to check."""


async def examine(*, send_to: str | None = None) -> list[Finding]:
    """What is fine and what is not, by subject.

    Changes nothing, and sends nothing but a mail to `send_to`.
    """
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
        _Check("documents", lambda: check_documents(settings), _named("TRUSTED_DOCUMENTS")),
        _Check("hashing", lambda: check_hashing(settings), _named("ARGON2_")),
    ]
    results = await asyncio.gather(*(_result(check, wrong) for check in checks))
    return [*found, *(finding for result in results for finding in result)]


async def _result(check: _Check, wrong: Sequence[str]) -> list[Finding]:
    missing = [f"{PREFIX}{name}" for name in check.needs if f"{PREFIX}{name}" in wrong]
    if missing:
        return [warning(check.subject, "not checked", f"Mend {' and '.join(missing)} first.")]
    try:
        async with asyncio.timeout(_TIMEOUT):
            return await check.work()
    except TimeoutError:
        mend = "See that what it asks answers."
        return [failed(check.subject, f"no answer within {_TIMEOUT:.0f} s", mend)]
    except Exception as error:  # noqa: BLE001 - the table is what an operator gets, always
        what = f"could not be checked: {type(error).__name__}"
        return [failed(check.subject, what, "Report this: it is a bug.")]


def _settings() -> tuple[Settings | None, list[Finding], list[str]]:
    """The settings as if those that are wrong were not set, findings about them, and their names.

    Takes what is wrong out of the process's environment, which is a command's own.
    """
    try:
        return Settings.read(), [fine("settings", "all are read")], []
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
