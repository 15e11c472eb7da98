"""Inserts rows. The SQL is generated once for each model."""

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from tortoise.models import Model

from models.sql.database import Statement, dialect, fetch, numbered, run
from models.sql.select import columns_of, table_of


async def insert_together(*rows: Model, beside: Sequence[Statement] = ()) -> None:
    """Inserts rows that may refer to one another, and runs the `beside` statements, in any order.

    PostgreSQL does this in one statement, which saves round trips.
    """
    if dialect() == "sqlite":
        for other in beside:
            await run(other)
        for row in rows:
            await fetch(_statement(type(row), 1), *values_of(row))
    else:
        values = [value for row in rows for value in values_of(row)]
        values += (value for other in beside for value in other.values)
        others = tuple((other.sql, len(other.values)) for other in beside)
        await fetch(_joined(tuple(map(type, rows)), others), *values)


async def insert_if_free(row: Model, *, unique: str) -> bool:
    """Whether the row was inserted. False if the value of its column `unique` is taken.

    The constraint decides, in one statement. Unlike a failing insert, this leaves the transaction
    usable, and costs the same in both cases.
    """
    return bool(await insert_free_rows([row], unique=unique))


async def insert_free_rows(rows: Sequence[Model], *, unique: str) -> set[Any]:
    """The inserted values of the column `unique`. Taken and repeated values are not inserted.

    One statement inserts all rows, which must be of one model.
    """
    if not rows:
        return set()
    statement = _statement(type(rows[0]), len(rows))
    values = [value for row in rows for value in values_of(row)]
    inserted = await fetch(
        f"{statement} ON CONFLICT ({unique}) DO NOTHING RETURNING {unique}", *values
    )
    return {row[unique] for row in inserted}


@cache
def _joined(models: Sequence[type[Model]], beside: Sequence[tuple[str, int]]) -> str:
    """One statement with an insert for each model. Foreign keys are checked at its end."""
    start, parts = 1, []
    for model in models:
        parts.append(_statement(model, 1, start))
        start += len(columns_of(model))
    for sql, count in beside:
        parts.append(numbered(sql, count, start))
        start += count
    # PostgreSQL guarantees no order. It runs the main statement first, and the others from the last
    # to the first (ExecPostProcessPlan). They are reversed to run, and take locks, in the given
    # order.
    first, *others = parts
    named = [f"s{place} AS ({part})" for place, part in enumerate(others)]
    return f"WITH {', '.join(reversed(named))} {first}" if named else first


@lru_cache(maxsize=32)  # bounded, as batches of an import vary in size
def _statement(model: type[Model], count: int, start: int = 1) -> str:
    names = columns_of(model)
    numbers = iter(range(start, start + count * len(names)))
    places = ", ".join(f"({', '.join(f'${next(numbers)}' for _ in names)})" for _ in range(count))
    return f"INSERT INTO {table_of(model)} ({', '.join(names)}) VALUES {places}"  # noqa: S608 - names from the model


def values_of(row: Model) -> list[Any]:
    """A row's values as both drivers accept them, in the order of its columns."""
    return [_stored(getattr(row, name)) for name in columns_of(type(row))]


def _stored(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value
