"""Reads rows. The SQL is generated once for each model."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import orjson
from tortoise.models import Model

from models.sql.database import Statement, as_moment, as_uuid, dialect, fetch
from models.tables.tenant import Tenant
from models.tables.user import User


def table_of(model: type[Model]) -> str:
    return str(_described(model)["table"])


@cache
def columns_of(model: type[Model]) -> Mapping[str, Any]:
    """The Python type of each column's values, by the column's name."""
    described = _described(model)
    fields = [described["pk_field"], *described["data_fields"]]
    return {field["db_column"]: field["python_type"] for field in fields}


@cache
def _described(model: type[Model]) -> Mapping[str, Any]:
    return model.describe(serializable=False)


M = TypeVar("M", bound=Model)


async def read_user(user_id: UUID) -> User | None:
    """The user with this id, with `user.tenant`; None if there is none.

    The ORM is slower, because it writes the same SQL again on each call.
    """
    for row in await fetch(user_statement("users.id = $1"), user_id):
        return user_in(row)
    return None


def user_where(condition: str, *values: object, joined: str = "") -> Statement:
    """The query for the users for whom an SQL condition holds, with `{0}` for its first value.

    The condition may use `users`, `tenants` and the tables in `joined`.
    """
    return Statement(user_statement(condition, joined), values)


def user_in(row: Mapping[str, Any]) -> User:
    """The user in a row of `user_statement`, with `user.tenant`."""
    user = model_of(User, row)
    user.tenant = tenant_in(row)
    return user


def tenant_in(row: Mapping[str, Any]) -> Tenant | None:
    """The tenant in a row of `user_statement`; None if the user has none."""
    return model_of(Tenant, row) if row["users_tenant_id"] else None


async def read_tenant(tenant_id: UUID) -> Tenant | None:
    for row in await fetch(tenant_statement(), tenant_id):
        return model_of(Tenant, row)
    return None


async def fetch_among(
    statement: str, values: Collection[UUID] | Collection[str], *others: object
) -> Sequence[Mapping[str, Any]]:
    """The rows whose column before the statement's `{among}` has one of the values.

    The statement is the same for any number of values. Without values, none runs. Its `$2` and the
    following placeholders are `others`.
    """
    if not values:
        return []
    listed = [str(value) for value in values]
    if dialect() == "sqlite":  # it has no arrays
        among = "IN (SELECT value FROM json_each($1))"
        return await fetch(statement.format(among=among), orjson.dumps(listed).decode(), *others)
    # As text: asyncpg knows its array type, but asks the server for others on each connection.
    cast = "::uuid[]" if isinstance(next(iter(values)), UUID) else ""
    return await fetch(statement.format(among=f"= ANY($1::text[]{cast})"), listed, *others)


@cache
def tenant_statement() -> str:
    """The statement of `read_tenant`. Its only value is the id."""
    return f"SELECT {select_list(Tenant)} FROM tenants WHERE id = $1"  # noqa: S608 - names from the model


@cache
def user_statement(condition: str, joined: str = "", *also: str) -> str:
    """A SELECT of users with their tenants. Columns are named after their table: `users_id`.

    It may select columns of the joined tables as well.
    """
    selected = ", ".join([select_list(User), select_list(Tenant), *also])
    return (
        f"SELECT {selected} "  # noqa: S608 - no value is written into it
        f"FROM users {joined} LEFT JOIN tenants ON tenants.id = users.tenant_id "
        f"WHERE {condition}"
    )


@cache
def returned_users(part: str) -> str:
    """A SELECT of the users that a `WITH` query has returned, in the form of `user_statement`.

    The query must return the columns of `select_list`.
    """
    return (
        f"SELECT {part}.*, {select_list(Tenant)} "  # noqa: S608 - no value is written into it
        f"FROM {part} LEFT JOIN tenants ON tenants.id = {part}.users_tenant_id"
    )


@cache
def select_list(model: type[Model]) -> str:
    """A model's columns for a SELECT or a RETURNING, as `model_of` expects them."""
    table = table_of(model)
    return ", ".join(f"{table}.{name} AS {table}_{name}" for name in columns_of(model))


def model_of(model: type[M], row: Mapping[str, Any]) -> M:
    """The model in a row that has its `columns`."""
    values = {name: convert(row[alias]) for name, alias, convert in _conversions(model)}
    return model.construct(_saved_in_db=True, **values)


@cache
def _conversions(model: type[Model]) -> Sequence[tuple[str, str, Callable[[Any], Any]]]:
    """Each column, its alias, and the function that converts the driver's value."""
    table = table_of(model)
    return [
        (name, f"{table}_{name}", _CONVERSIONS.get(kind, _as_it_is))
        for name, kind in columns_of(model).items()
    ]


def _as_it_is(value: Any) -> Any:
    return value


def _as_document(value: Any) -> Any:
    """JSON, which both drivers return as text."""
    return orjson.loads(value) if isinstance(value, str) else value


# SQLite has no types for timestamps, UUIDs and booleans.
_CONVERSIONS: Mapping[Any, Callable[[Any], Any]] = {
    datetime: as_moment,
    UUID: lambda value: None if value is None else as_uuid(value),
    bool: lambda value: None if value is None else bool(value),
    dict | list: _as_document,
}
