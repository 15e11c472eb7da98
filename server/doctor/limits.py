"""Checks the rate limits and their storage."""

from accounts.limits.redis_counters import redis_storage
from accounts.outages import described
from server.doctor.findings import Finding, failed, fine, warning
from server.settings import Settings


async def check_limits(settings: Settings) -> list[Finding]:
    if not settings.rate_limits:
        what = "off: attackers can guess passwords and flood addresses with mails"
        return [warning("limits", what, "Remove CONNECTX_RATE_LIMITS=off.")]
    if settings.rate_limit_url is None:
        return [fine("limits", "on, counted in the database")]
    try:
        answers = await redis_storage(settings.rate_limit_url.get_secret_value()).check()
        why = "does not answer"
    except Exception as error:  # noqa: BLE001 - any error becomes a finding
        answers, why = False, described(error)
    if not answers:
        to_do = (
            "Check CONNECTX_RATE_LIMIT_URL, and that Redis runs. Until then, mutations answer "
            "UnavailableError."
        )
        return [failed("limits", f"Redis: {why}", to_do)]
    return [fine("limits", "on, counted in Redis")]
