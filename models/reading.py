"""Reads rows by statements that are written once."""

# ruff: noqa: SLF001 - Tortoise has no public name for a model's columns, nor for making it of a row

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from tortoise.fields import DatetimeField, UUIDField
from tortoise.models import Model

from models.database import dialect, fetch
from models.statements import Statement
from models.tenant import Tenant
from models.user import User

M = TypeVar("M", bound=Model)


async def read_user(condition: str, *values: object, joined: str = "") -> User | None:
    """The user for whom an SQL condition holds, with `user.tenant`.

    `users`, `tenants` and what is `joined` to them are known to it. The ORM takes three times as
    long for the same row, most of it to write the same statement again.
    """
    for row in await fetch(user_statement(condition, joined), *values):
        return user_in(row)
    return None


def user_where(condition: str, *values: object, joined: str = "") -> Statement:
    """The query of `read_user`, with `{0}` in the place of its first value."""
    return Statement(user_statement(condition, joined), values)


def user_in(row: Mapping[str, Any]) -> User:
    """The user in a row of `user_statement`, with `user.tenant`."""
    user = made(User, row)
    user.tenant = tenant_in(row)
    return user


def tenant_in(row: Mapping[str, Any]) -> Tenant | None:
    """The tenant in a row of `user_statement`."""
    return made(Tenant, row) if row["users_tenant_id"] else None


async def read_tenant(tenant_id: UUID) -> Tenant | None:
    """The tenant with this id."""
    for row in await fetch(tenant_statement(), tenant_id):
        return made(Tenant, row)
    return None


async def fetch_among(
    statement: str, values: Collection[UUID] | Collection[str], *others: object
) -> Sequence[Mapping[str, Any]]:
    """The rows where the column before the statement's `{among}` has one of the values.

    The statement is the same for any number of them; for none, nothing is asked. Its `$2` and what
    follows are `others`.
    """
    if not values:
        return []
    listed = [str(value) for value in values]
    if dialect() == "sqlite":  # which has no arrays
        among = "IN (SELECT value FROM json_each($1))"
        return await fetch(statement.format(among=among), json.dumps(listed), *others)
    # As text, of which asyncpg knows arrays; what others are, each connection would ask first.
    cast = "::uuid[]" if isinstance(next(iter(values)), UUID) else ""
    return await fetch(statement.format(among=f"= ANY($1::text[]{cast})"), listed, *others)


@cache
def tenant_statement() -> str:
    """The statement of `read_tenant`, whose one value is the id."""
    return f"SELECT {columns(Tenant)} FROM tenants WHERE id = $1"  # noqa: S608 - names from the model


@cache
def user_statement(condition: str, joined: str) -> str:
    """The statement of `read_user`: each column by its table's and its own name, as `users_id`."""
    return (
        f"SELECT {columns(User)}, {columns(Tenant)} "  # noqa: S608 - no value is written into it
        f"FROM users {joined} LEFT JOIN tenants ON tenants.id = users.tenant_id "
        f"WHERE {condition}"
    )


@cache
def returned_users(part: str) -> str:
    """What selects the users that a part of a statement has returned, as `user_statement` does.

    The part returns their `columns`.
    """
    return (
        f"SELECT {part}.*, {columns(Tenant)} "  # noqa: S608 - no value is written into it
        f"FROM {part} LEFT JOIN tenants ON tenants.id = {part}.users_tenant_id"
    )


@cache
def columns(model: type[Model]) -> str:
    """A model's columns for a SELECT or a RETURNING, as `made` expects them."""
    table = model._meta.db_table
    return ", ".join(f"{table}.{column} AS {alias}" for column, alias in _columns(model))


def made(model: type[M], row: Mapping[str, Any]) -> M:
    """The model in a row with its `columns`, as the ORM would have made it."""
    if isinstance(row, dict):  # SQLite's, which has no moments, no UUIDs and no booleans
        return model._init_from_db(**{column: row[alias] for column, alias in _columns(model)})
    instance = model.__new__(model)
    state = vars(instance)
    state.update(_bookkeeping(model), _await_when_save={})
    for name, alias, convert in _conversions(model):
        state[name] = row[alias] if convert is None else convert(row[alias])
    return instance


@cache
def _bookkeeping(model: type[Model]) -> Mapping[str, Any]:
    """What the ORM keeps with each row besides its columns."""
    own = {"_partial", "_saved_in_db", "_custom_generated_pk"}
    nobody = model._init_from_db(**{column: None for column, _ in _columns(model)})
    return {name: value for name, value in vars(nobody).items() if name in own}


@cache
def _conversions(model: type[Model]) -> Sequence[tuple[str, str, Callable[[Any], Any] | None]]:
    """Each attribute, its alias, and what makes the attribute of what asyncpg gives."""
    fields = model._meta.fields_map
    typed = (DatetimeField, UUIDField)  # the driver gives them as they are to be
    plain = {name for name, _, _ in model._meta.db_native_fields}
    return [
        (
            column,
            alias,
            None if column in plain or isinstance(field, typed) else field.to_python_value,
        )
        for column, alias in _columns(model)
        for field in [fields[column]]
    ]


@cache
def _columns(model: type[Model]) -> Sequence[tuple[str, str]]:
    table = model._meta.db_table
    names = model._meta.fields_db_projection.values()
    return [(column, f"{table}_{column}") for column in names]
