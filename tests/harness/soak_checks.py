"""What the checks of `make soak` have found, and the database that they look into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from soak.checks import Check

on_postgres = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


def broken(checks: Iterator[Check]) -> set[str]:
    return {check.what for check in checks if check.broken}
