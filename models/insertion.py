"""Inserts rows, by statements that are written once for each model."""

# ruff: noqa: SLF001 - Tortoise has no public name for a model's columns

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from tortoise.models import Model

from models.database import fetch


async def insert(row: Model) -> None:
    """Inserts the row as it is."""
    await fetch(_statement(type(row)), *_values(row))


async def insert_unless_taken(row: Model, *, unique: str) -> bool:
    """Whether the row was inserted; False: the value of its column `unique` is taken.

    One statement, which the constraint decides. Unlike an insert that fails, it leaves the
    transaction usable, and costs the same either way.
    """
    statement = f"{_statement(type(row))} ON CONFLICT ({unique}) DO NOTHING RETURNING {unique}"
    return bool(await fetch(statement, *_values(row)))


@cache
def _statement(model: type[Model]) -> str:
    names = model._meta.fields_db_projection.values()
    places = (f"${number}" for number in range(1, len(names) + 1))
    return (
        f"INSERT INTO {model._meta.db_table} "  # noqa: S608 - names from the model
        f"({', '.join(names)}) VALUES ({', '.join(places)})"
    )


@cache
def _fields(model: type[Model]) -> Sequence[tuple[str, Callable[[Any, Model], Any]]]:
    meta = model._meta
    return [(name, meta.fields_map[name].to_db_value) for name in meta.fields_db_projection]


def _values(row: Model) -> list[Any]:
    return [to_db_value(getattr(row, name), row) for name, to_db_value in _fields(type(row))]
