"""Servers for many requests in the same moment."""

import pytest


@pytest.fixture
def workers(settings: dict[str, str]) -> list[str]:
    """Four of them, but one on SQLite, which has a single process."""
    return ["--workers", "1" if settings["DATABASE_URL"].startswith("sqlite") else "4"]


@pytest.fixture
def unlimited(settings: dict[str, str]) -> dict[str, str]:
    return {**settings, "RATE_LIMITS": "off"}
