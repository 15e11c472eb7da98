"""The settings of the rate limits: one for each of `accounts.limits.defaults.RateLimits`."""

from dataclasses import fields
from typing import Any

from pydantic import create_model
from pydantic_settings import BaseSettings

from accounts.limits.defaults import RateLimits
from server.setting_types.values import RateLimitText

_PREFIX = "limit_"
_FIELDS: dict[str, Any] = {
    f"{_PREFIX}{rule.name}": (RateLimitText, rule.default) for rule in fields(RateLimits)
}

LimitSettings = create_model("LimitSettings", __base__=BaseSettings, **_FIELDS)
"""The base of `server.settings.Settings`."""


def rate_limits(settings: BaseSettings) -> RateLimits:
    """The rate limits of settings whose class is based on `LimitSettings`."""
    return RateLimits(
        **{rule.name: getattr(settings, _PREFIX + rule.name) for rule in fields(RateLimits)}
    )
