"""Inserts rows where a unique column lets them."""

# ruff: noqa: SLF001 - Tortoise has no public name for a model's columns

from collections.abc import Sequence
from typing import Any

from tortoise.models import Model

from models.database import fetch


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
    meta = rows[0]._meta
    columns = meta.fields_db_projection  # attribute to column
    values = [
        meta.fields_map[name].to_db_value(getattr(row, name), row)
        for row in rows
        for name in columns
    ]
    numbers = iter(range(1, len(values) + 1))
    places = ", ".join("(" + ", ".join(f"${next(numbers)}" for _ in columns) + ")" for _ in rows)
    statement = (
        f"INSERT INTO {meta.db_table} ({', '.join(columns.values())}) VALUES {places} "  # noqa: S608 - names from the model
        f"ON CONFLICT ({unique}) DO NOTHING RETURNING {unique}"
    )
    return {row[unique] for row in await fetch(statement, *values)}
