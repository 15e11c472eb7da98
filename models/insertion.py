"""Inserts a row where a unique column lets it."""

# ruff: noqa: SLF001 - Tortoise has no public name for a model's columns

from tortoise.models import Model

from models.database import fetch


async def insert_unless_taken(row: Model, *, unique: str) -> bool:
    """Whether the row was inserted; False: the value of its column `unique` is taken.

    One statement, which the constraint decides. Unlike an insert that fails, it leaves the
    transaction usable, and costs the same either way.
    """
    meta = row._meta
    columns = meta.fields_db_projection  # attribute to column
    values = [meta.fields_map[name].to_db_value(getattr(row, name), row) for name in columns]
    names = ", ".join(columns.values())
    places = ", ".join(f"${number}" for number in range(1, len(values) + 1))
    statement = (
        f"INSERT INTO {meta.db_table} ({names}) VALUES ({places}) "  # noqa: S608 - names from the model
        f"ON CONFLICT ({unique}) DO NOTHING RETURNING {unique}"
    )
    return bool(await fetch(statement, *values))
