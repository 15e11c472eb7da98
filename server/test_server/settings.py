"""The settings of a test server: those of `serve`, but for what a test suite needs otherwise."""

import os
from dataclasses import fields

from accounts.limits.defaults import RateLimits
from models.configuration import IN_MEMORY
from server.secret_key import new_secret_key
from server.setting_types.values import Switch
from server.settings import PREFIX, Settings, SettingsError

_REFUSED = {
    "DATABASE_URL": "has its database in memory, and `reset` empties it",
    "DATABASE_DIRECT_URL": "has its database in memory, and `reset` empties it",
    "SMTP_URL": "sends no mails: tests read them at /mailbox/api/v1",
    "RATE_LIMIT_URL": "has its counters in memory, and `reset` empties them",
}
"""Settings that name what belongs to other servers, and why a test server does not take them."""

_ROOMY = "1000000/hour"

_DEFAULTS = {
    # The cheapest hashes: tests hash many passwords, and protect none.
    "ARGON2_MEMORY_KIB": "8",
    "ARGON2_ITERATIONS": "1",
    "ARGON2_PARALLELISM": "1",
    "SUBSCRIPTIONS_PER_CLIENT": "10000",
    "LOG_REQUESTS": Switch.OFF,
    "LOG_LEVEL": "warning",
    # A whole suite comes from one client, and often logs the same person in. What one email address
    # may ask for stays as shipped.
    **{
        f"LIMIT_{rule.name.upper()}": _ROOMY
        for rule in fields(RateLimits)
        if rule.name.endswith("_client")
    },
}
"""For settings that the environment does not set."""


def read_settings() -> Settings:
    """The settings of a test server, after its defaults. Raises SettingsError.

    It writes them to the environment, from which all settings are read.
    """
    # Settings are read from names in any case.
    given = {name.upper() for name, value in os.environ.items() if value}
    refused = [
        f"{PREFIX}{name}: unset it; `connectx test-server` {reason}."
        for name, reason in _REFUSED.items()
        if f"{PREFIX}{name}" in given
    ]
    if refused:
        raise SettingsError("\n".join(refused))
    for name, value in {**_DEFAULTS, "SECRET_KEY": new_secret_key()}.items():
        os.environ.setdefault(f"{PREFIX}{name}", value)
    own = {"DATABASE_URL": IN_MEMORY, "MAILBOX": Switch.ON, "DELIVERY": Switch.ON}
    os.environ.update({f"{PREFIX}{name}": value for name, value in own.items()})
    return Settings.read()
