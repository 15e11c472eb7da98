"""Checks what the connected database needs behind a pooler."""

from server.doctor.findings import Finding, failed, warning
from server.pooler import check_pooler
from server.settings import Settings, SettingsError


async def pooler_findings(settings: Settings) -> list[Finding]:
    """A finding if there is a pooler that needs something; else none."""
    to_do = "See docs/deployment.md, PgBouncer."
    try:
        better = await check_pooler(settings)
    except SettingsError as error:
        return [failed("pooler", str(error), to_do)]
    return [warning("pooler", better, to_do)] if better else []
