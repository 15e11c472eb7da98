"""Statements that carry their values, to be run on their own or as parts of others."""

from collections.abc import Awaitable
from functools import cache
from typing import NamedTuple

from models.database import Rows, fetch


class Statement(NamedTuple):
    """SQL and its values; `{0}` is the place of the first."""

    sql: str
    values: tuple[object, ...]


def run(statement: Statement) -> Awaitable[Rows]:
    """The rows of a statement on its own."""
    return fetch(numbered(statement.sql, len(statement.values)), *statement.values)


@cache
def numbered(sql: str, count: int, start: int = 1) -> str:
    """The SQL of a statement with `count` values, the first of which is `$start`."""
    return sql.format(*(f"${number}" for number in range(start, start + count)))
