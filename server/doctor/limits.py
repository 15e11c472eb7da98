"""Limits, and where they are counted."""

from accounts.limits.rules import redis_storage
from accounts.outages import described
from server.doctor.findings import Finding, failed, fine, warning
from server.settings import Settings


async def check_limits(settings: Settings) -> list[Finding]:
    if not settings.rate_limits:
        what = "off: passwords can be guessed and addresses flooded with mails"
        return [warning("limits", what, "Take CONNECTX_RATE_LIMITS=off away.")]
    if settings.rate_limit_url is None:
        return [fine("limits", "on, counted in the database")]
    try:
        answers = await redis_storage(settings.rate_limit_url.get_secret_value()).check()
        why = "does not answer"
    except Exception as error:  # noqa: BLE001 - whatever it is, it belongs into the table
        answers, why = False, described(error)
    if not answers:
        mend = (
            "Check CONNECTX_RATE_LIMIT_URL, and that it runs; until then, mutations answer "
            "UnavailableError."
        )
        return [failed("limits", f"Redis: {why}", mend)]
    return [fine("limits", "on, counted in Redis")]
