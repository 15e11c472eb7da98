"""Checks what the connected database needs behind a pooler, and the URL that goes past one."""

from typing import Any

from accounts.outages import described
from models.sql.connect import connect
from models.sql.database import fetch
from models.sql.pooler import leads_to_pooler
from server.doctor.findings import Finding, failed, fine, warning
from server.pooler import check_pooler
from server.settings import Settings, SettingsError

_SEE = "See docs/deployment.md, PgBouncer."
_PLACE = "SELECT current_database() AS name, pg_postmaster_start_time() AS started"


async def pooler_findings(settings: Settings) -> list[Finding]:
    """A finding if there is a pooler that needs something; else none."""
    try:
        better = await check_pooler(settings)
    except SettingsError as error:
        return [failed("pooler", str(error), _SEE)]
    return [warning("pooler", better, _SEE)] if better else []


async def check_direct_url(settings: Settings) -> list[Finding]:
    """Whether CONNECTX_DATABASE_DIRECT_URL leads to the connected database, and past any pooler."""
    if settings.database_direct_url is None:
        return []
    name, to_do = "direct url", "Check CONNECTX_DATABASE_DIRECT_URL."
    try:
        connection: Any = await connect(settings.direct_database, settings.pool)
        try:
            if await leads_to_pooler(connection):
                return [warning(name, "leads to a pooler, which passes on no notifications", to_do)]
            theirs = dict(await connection.fetchrow(_PLACE))
        finally:
            connection.terminate()
    except Exception as error:  # noqa: BLE001 - any error becomes a finding
        return [failed(name, described(error), to_do)]
    [ours] = await fetch(_PLACE)
    if theirs != dict(ours):
        return [failed(name, "leads to another database than CONNECTX_DATABASE_URL", to_do)]
    return [fine(name, "leads to the database itself")]
