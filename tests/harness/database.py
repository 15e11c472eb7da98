"""Looks into a test's database, and changes it, past the running server."""

import asyncio
import sqlite3
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import asyncpg
from tortoise.context import TortoiseContext

from accounts.operator import tenants as operator_tenants
from accounts.operator.letterheads import Letterhead
from accounts.policies.load import load
from accounts.policies.policy import Policy
from models import Tenant
from models.configuration import tortoise_config
from models.upgrade import upgrade as upgrade_schema

_TABLES = (
    "audiences",
    "audit_entries",
    "counters",
    "email_verifications",
    "former_addresses",
    "known_clients",
    "outgoing_mails",
    "service_keys",
    "sessions",
    "signing_keys",
    "tenants",
    "users",
)


def rows(url: str, statement: str) -> list[dict[str, Any]]:
    """The rows of one statement, which may also be one that changes something."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite://"))) as connection, connection:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")  # off by default, and on in the server
            return [dict(row) for row in connection.execute(statement)]

    async def fetch() -> list[dict[str, Any]]:
        connection = await asyncpg.connect(url)
        try:
            return [dict(row) for row in await connection.fetch(statement)]
        finally:
            await connection.close()

    return apart(fetch())


def dump(url: str) -> str:
    """All that is stored, as text."""
    return "\n".join(str(row) for table in _TABLES for row in rows(url, f"SELECT * FROM {table}"))


def migrate(url: str) -> None:
    async def upgrade() -> None:
        async with TortoiseContext() as context:
            await context.init(tortoise_config(url))
            await upgrade_schema(url)

    apart(upgrade())


def create_tenant(
    url: str,
    name: str = "Grace Church",
    policy: Policy | str = "church",
    letterhead: Letterhead = Letterhead(),  # noqa: B008 - frozen
) -> str:
    """The id of a new tenant, as `connectx tenants create` would have made it."""
    chosen = load(policy) if isinstance(policy, str) else policy

    async def create() -> str:
        async with TortoiseContext() as context:
            await context.init(tortoise_config(url))
            tenant = await operator_tenants.create(
                name=name,
                policy=chosen,
                letterhead=letterhead,
                actor="tester",
                now=datetime.now(UTC),
            )
            assert isinstance(tenant, Tenant)
            return str(tenant.id)

    return apart(create())


def apart(work: Coroutine[Any, Any, Any]) -> Any:
    """The result of `work` in a thread of its own, as a test's may have a loop that runs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
