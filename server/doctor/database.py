"""Checks that the database answers, and its version, schema and clock."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from accounts.outages import described
from models.postgres_url import parse_postgres_url
from models.sql.connect import read_only
from models.sql.database import connected, fetch
from models.upgrade import pending_migrations
from server.doctor.findings import Finding, State, failed, fine, warning
from server.doctor.pooler import check_direct_url, pooler_findings
from server.doctor.replication import check_replication
from server.embedded_database import disk_problem, embedded_database
from server.settings import Settings

_OLDEST_VERSION = 15
"""The oldest major version of PostgreSQL that docs/deployment.md supports."""
_MAX_DRIFT = timedelta(seconds=2)

_NEEDS_A_DISK = "Make room on the disk, or mount it so that it can be written."

_ABOUT_POSTGRES = """
SELECT current_setting('server_version') AS version,
    current_setting('server_version_num')::int AS number, clock_timestamp() AS now
"""


async def check_database(settings: Settings, clock: Callable[[], datetime]) -> list[Finding]:
    path = embedded_database(settings)
    return await (_postgres(settings, clock) if path is None else _sqlite(path, settings))


async def _sqlite(path: Path, settings: Settings) -> list[Finding]:
    obstacle = _obstacle(path)
    if obstacle is not None:
        return [obstacle]
    try:
        async with connected(settings.database, settings.pool):
            [about] = await fetch("SELECT sqlite_version() AS version")
            behind = await pending_migrations()
    except Exception as error:  # noqa: BLE001 - any error becomes a finding
        if (problem := disk_problem(path)) is not None:
            return [failed("database", f"{path}: {problem}", _NEEDS_A_DISK)]
        return [failed("database", described(error), _check_file(path))]
    if (problem := disk_problem(path)) is not None:
        return [failed("database", f"{path}: {problem}", _NEEDS_A_DISK)]
    # Only a warning: `connectx serve` upgrades SQLite.
    return [
        fine("database", f"SQLite {about['version']}, {path}"),
        warning("schema", f"{len(behind)} migrations behind", _UPGRADE)
        if behind
        else fine("schema", "up to date"),
    ]


def _check_file(path: Path) -> str:
    """Advice for an unexpected error of SQLite. A restored backup loses what is newer."""
    return (
        f"Try again. If the error stays, run sqlite3 {path} 'PRAGMA integrity_check', and restore "
        "a backup only if that reports damage."
    )


def _obstacle(path: Path) -> Finding | None:
    """A finding if the file is missing or not writable; opening a missing file would create it."""
    if not path.exists():
        folder = next(one for one in path.absolute().parents if one.exists())
        if os.access(folder, os.W_OK):
            return fine("database", f"the first start will create {path}")
        return failed("database", f"{folder} cannot be written", "Set CONNECTX_DATA_DIR.")
    if os.access(path, os.R_OK | os.W_OK) and os.access(path.parent, os.W_OK):
        return None
    if (problem := disk_problem(path)) is not None:
        return failed("database", f"{path}: {problem}", _NEEDS_A_DISK)
    to_do = "Give this user the right to write the file and its folder."
    return failed("database", f"{path} cannot be written", to_do)


async def _postgres(settings: Settings, clock: Callable[[], datetime]) -> list[Finding]:
    try:
        async with connected(settings.database, settings.pool):
            # Connects first, so that this time does not count as drift. Behind a pooler that needs
            # something, no other statement may work.
            poolers = await pooler_findings(settings)
            if any(finding.state is State.FAILED for finding in poolers):
                return poolers
            before = clock()
            [about] = await fetch(_ABOUT_POSTGRES)
            after = clock()
            behind = await pending_migrations()
            others = [await check_replication(), *poolers, *await check_direct_url(settings)]
    except Exception as error:  # noqa: BLE001 - any error becomes a finding
        to_do = "Check CONNECTX_DATABASE_URL, and that PostgreSQL runs and accepts connections."
        if read_only(error):
            return [failed("database", str(error), "Promote it, or name the primary in the URL.")]
        where = ", ".join(map(str, parse_postgres_url(settings.database).hosts))
        return [failed("database", f"{where}: {described(error)}", to_do)]
    version, number = f"PostgreSQL {about['version']}", int(about["number"]) // 10_000
    return [
        fine("database", version)
        if number >= _OLDEST_VERSION
        else warning("database", version, f"Use PostgreSQL {_OLDEST_VERSION} or newer."),
        failed("schema", f"{len(behind)} migrations behind", _UPGRADE)
        if behind
        else fine("schema", "up to date"),
        drift(about["now"].astimezone(UTC), before=before, after=after),
        *others,
    ]


_UPGRADE = "Run `connectx db upgrade`."


def drift(theirs: datetime, *, before: datetime, after: datetime) -> Finding:
    """Compares the database's clock with ours, which was read `before` and `after` the query."""
    apart = max(before - theirs, theirs - after, timedelta())
    what = f"{apart.total_seconds():.1f} s apart from the database's clock"
    if apart > _MAX_DRIFT:
        return warning("clock", what, "Synchronise the clocks of all nodes with NTP.")
    return fine("clock", what)
