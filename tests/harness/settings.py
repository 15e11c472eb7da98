"""The settings that tests start a server with."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

from accounts.limits.defaults import RateLimits
from server.settings import PREFIX

SECRET_KEY = "k" * 32

CHEAP_HASHES = {"ARGON2_MEMORY_KIB": "8", "ARGON2_ITERATIONS": "1"}
"""For tests that are about something else; the parameters have tests of their own."""

ROOMY = {
    f"LIMIT_{rule.name.upper()}": "1000000/hour"
    for rule in fields(RateLimits)
    if rule.name.endswith("_client") and "address" not in rule.name
}
"""All tests come from one client. What one address may do stays as shipped."""


@contextmanager
def environment(**settings: str) -> Iterator[None]:
    """The process's environment with these settings and no other of ours."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]
    os.environ.update({f"{PREFIX}{name}": value for name, value in settings.items()})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
