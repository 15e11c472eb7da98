"""Statements that read many rows by their ids."""

from collections.abc import Collection
from uuid import UUID

from models.sql.select import fetch_among, model_of, select_list, user_in, user_statement
from models.tables.tenant import Tenant
from models.tables.user import User

_KEPT = "users.id {among} AND users.deletes_at IS NULL"


async def users_among(ids: Collection[UUID]) -> list[User]:
    """The users with these ids, with `user.tenant`; none who is about to be deleted."""
    return [user_in(row) for row in await fetch_among(user_statement(_KEPT), ids)]


async def tenants_among(ids: Collection[UUID]) -> list[Tenant]:
    """The tenants with these ids."""
    statement = f"SELECT {select_list(Tenant)} FROM tenants WHERE id {{among}}"  # noqa: S608 - no value
    return [model_of(Tenant, row) for row in await fetch_among(statement, ids)]
