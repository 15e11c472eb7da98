"""Inserts rows, by statements that are written once for each model."""

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from tortoise.models import Model

from models.columns import columns_of, table_of
from models.database import dialect, fetch, transaction
from models.statements import Statement, numbered, run


async def insert_together(*rows: Model, beside: Sequence[Statement] = ()) -> None:
    """Inserts rows that may refer to one another, and does what is `beside` them, in any order.

    On PostgreSQL by one statement: each on its own is a message that is waited for.
    """
    if dialect() == "sqlite":
        for other in beside:
            await run(other)
        for row in rows:
            await fetch(_statement(type(row), 1), *_values(row))
    else:
        await _insert_joined(rows, beside, suffix="")


async def insert_all(*rows: Model) -> None:
    """Inserts rows that may refer to one another, or none of them."""
    if dialect() == "sqlite":
        async with transaction():
            await insert_together(*rows)
    else:
        await insert_together(*rows)


async def insert_at_once(*rows: Model, beside: Sequence[Statement], unique: str) -> None:
    """The same by one statement of PostgreSQL, which does all of it or nothing.

    Raises IntegrityError where the first row's value of its column `unique` is taken, as long as
    another row refers to the first. PostgreSQL's log then has no value but an id: the first row is
    left out, and what the other one refers to is missing.
    """
    await _insert_joined(rows, beside, suffix=f"ON CONFLICT ({unique}) DO NOTHING")


async def insert_unless_taken(row: Model, *, unique: str) -> bool:
    """Whether the row was inserted; False: the value of its column `unique` is taken.

    One statement, which the constraint decides. Unlike an insert that fails, it leaves the
    transaction usable, and costs the same either way.
    """
    return bool(await insert_unless_any_taken([row], unique=unique))


async def insert_unless_any_taken(rows: Sequence[Model], *, unique: str) -> set[Any]:
    """The values of the column `unique` that were inserted; the others are taken, or come twice.

    One statement for all rows, which must be of one model.
    """
    if not rows:
        return set()
    statement = _statement(type(rows[0]), len(rows))
    values = [value for row in rows for value in _values(row)]
    inserted = await fetch(
        f"{statement} ON CONFLICT ({unique}) DO NOTHING RETURNING {unique}", *values
    )
    return {row[unique] for row in inserted}


async def _insert_joined(
    rows: Sequence[Model], beside: Sequence[Statement], *, suffix: str
) -> None:
    values = [value for row in rows for value in _values(row)]
    values += (value for other in beside for value in other.values)
    others = tuple((other.sql, len(other.values)) for other in beside)
    await fetch(_joined(tuple(map(type, rows)), others, suffix), *values)


@cache
def _joined(
    models: Sequence[type[Model]], beside: Sequence[tuple[str, int]], suffix: str = ""
) -> str:
    """The inserts of one row each; what they refer to is looked for once all are there.

    `suffix` is the end of the first one's.
    """
    start, parts = 1, []
    for model in models:
        parts.append(_statement(model, 1, start))
        start += len(columns_of(model))
    for sql, count in beside:
        parts.append(numbered(sql, count, start))
        start += count
    # PostgreSQL promises no order, and runs the main statement first and the others from the last
    # to the first (ExecPostProcessPlan): as they are given, so that locks are taken in one order.
    first, *others = parts
    named = [f"s{place} AS ({part})" for place, part in enumerate(others)]
    before = f"WITH {', '.join(reversed(named))} " if named else ""
    return f"{before}{first} {suffix}"


@lru_cache(maxsize=32)  # an import has batches of any size
def _statement(model: type[Model], count: int, start: int = 1) -> str:
    names = columns_of(model)
    numbers = iter(range(start, start + count * len(names)))
    places = ", ".join(f"({', '.join(f'${next(numbers)}' for _ in names)})" for _ in range(count))
    return f"INSERT INTO {table_of(model)} ({', '.join(names)}) VALUES {places}"  # noqa: S608 - names from the model


def _values(row: Model) -> list[Any]:
    return [_stored(getattr(row, name)) for name in columns_of(type(row))]


def _stored(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value
