"""When sessions end: after a time without use, and at the latest after a time in all."""

from datetime import datetime, timedelta

from accounts.environment import Environment
from accounts.tenants import product_of
from models import User

TOUCH_AFTER = timedelta(minutes=1)
"""The use of a session is recorded at most once in this time, so that reading stays cheap."""


def ends_of(user: User, *, now: datetime, env: Environment) -> tuple[datetime, datetime]:
    """When a new session of the user ends without use, and when at the latest."""
    policy = product_of(user.tenant, env=env).policy
    ends_at = now + timedelta(days=policy.session_days)
    return min(idle_end(user, now=now, env=env), ends_at), ends_at


def idle_end(user: User, *, now: datetime, env: Environment) -> datetime:
    """When a session of the user that is used now ends without another use."""
    return now + timedelta(days=product_of(user.tenant, env=env).policy.session_idle_days)
