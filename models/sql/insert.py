"""Inserts rows, by statements that are written once for each model."""

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from tortoise.models import Model

from models.sql.database import Statement, dialect, fetch, numbered, run, transaction
from models.sql.select import columns_of, table_of


async def insert_together(*rows: Model, beside: Sequence[Statement] = ()) -> None:
    """Inserts rows that may refer to one another, and does what is `beside` them, in any order.

    On PostgreSQL by one statement: each on its own is a message that is waited for.
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


async def insert_all(*rows: Model) -> None:
    """Inserts rows that may refer to one another, or none of them."""
    if dialect() == "sqlite":
        async with transaction():
            await insert_together(*rows)
    else:
        await insert_together(*rows)


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
    values = [value for row in rows for value in values_of(row)]
    inserted = await fetch(
        f"{statement} ON CONFLICT ({unique}) DO NOTHING RETURNING {unique}", *values
    )
    return {row[unique] for row in inserted}


@cache
def _joined(models: Sequence[type[Model]], beside: Sequence[tuple[str, int]]) -> str:
    """The inserts of one row each; what they refer to is looked for once all are there."""
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
    return f"WITH {', '.join(reversed(named))} {first}" if named else first


@lru_cache(maxsize=32)  # an import has batches of any size
def _statement(model: type[Model], count: int, start: int = 1) -> str:
    names = columns_of(model)
    numbers = iter(range(start, start + count * len(names)))
    places = ", ".join(f"({', '.join(f'${next(numbers)}' for _ in names)})" for _ in range(count))
    return f"INSERT INTO {table_of(model)} ({', '.join(names)}) VALUES {places}"  # noqa: S608 - names from the model


@cache
def insert_select(model: type[Model], **written: str) -> str:
    """An INSERT of one row by a SELECT, to which a FROM and a WHERE may be appended.

    `written` has expressions for some columns, with `{}` in the place of the row's value.
    """
    expressions = {name: f"{{{n}}}" for n, name in enumerate(columns_of(model))}
    for name, expression in written.items():
        expressions[name] = expression.replace("{}", expressions[name])
    return (
        f"INSERT INTO {table_of(model)} ({', '.join(expressions)}) "
        f"SELECT {', '.join(expressions.values())}"
    )


def values_of(row: Model) -> list[Any]:
    """A row's values as both drivers take them, in the order of its columns."""
    return [_stored(getattr(row, name)) for name in columns_of(type(row))]


def _stored(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value
