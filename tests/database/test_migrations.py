"""The migrations make exactly what the models say, from every version, and lose nothing."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.database import rows
from harness.migrations import migrate
from harness.postgres import Cluster
from tortoise.context import TortoiseContext

from models import upgrade

_VERSIONS = sorted(
    upgrade.migrations("sqlite").glob("[0-9]*_*.py"), key=lambda path: int(path.name.split("_")[0])
)

# ALTER TABLE writes the new column behind the last one, in its line.
_LINE = re.compile(r"\n|, (?=\")")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

_POSTGRES_SCHEMA = """
SELECT c.relname AS "table", a.attname AS "name", format_type(a.atttypid, a.atttypmod) AS "type",
    a.attnotnull AS "required", pg_get_expr(d.adbin, d.adrelid) AS "default"
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), true, '' FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT tablename, indexname, indexdef, true, '' FROM pg_indexes WHERE schemaname = 'public'
ORDER BY 1, 2, 3
"""


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[str]]:
    """Two empty databases of each kind."""
    if request.param == "sqlite":
        yield [f"sqlite://{tmp_path}/{name}.sqlite3" for name in ("one", "two")]
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        urls = [cluster.new_database() for _ in range(2)]
        yield urls
        for url in urls:
            cluster.drop(url)


async def generate(url: str) -> None:
    """What Tortoise itself makes of the models."""
    async with TortoiseContext() as context:
        await context.init(upgrade.migrated_config(url))
        await context.generate_schemas()


_ID = "01a201b9-5435-76e5-b376-a31db06cb281"
_NOW = "2026-01-02 03:04:05.678901+00:00"
# What the first version required; whatever came later has to cope with its absence.
_ROWS = {
    "tenants": {"id": _ID, "name": "Grace Church", "policy": "{}", "created_at": _NOW},
    "users": {
        "id": _ID,
        "email": "ada@example.com",
        "password_hash": "none",
        "role": "member",
        "tenant_id": _ID,
        "is_verified": "1",
        "is_profile_complete": "0",
        "held_until": _NOW,
        "created_at": _NOW,
        "updated_at": _NOW,
    },
    "email_verifications": {
        "id": _ID,
        "user_id": _ID,
        "key_id": "0123456789abcdef",
        "expires_at": _NOW,
        "created_at": _NOW,
    },
    "outgoing_mails": {
        "id": _ID,
        "letter": "verification",
        "recipient": "ada@example.com",
        "data": "{}",
        "verification_id": _ID,
        "state": "queued",
        "due_at": _NOW,
        "attempts": "0",
        "created_at": _NOW,
    },
    "sessions": {
        "id": _ID,
        "user_id": _ID,
        "token_hash": "0" * 64,
        "created_at": _NOW,
        "expires_at": _NOW,
    },
    "counters": {"key": "key", "hits": "1", "expires_at": _NOW},
}


def fill(url: str) -> dict[str, dict[str, object]]:
    """A row in each table of the first version, as it is read back."""
    for table, row in _ROWS.items():
        values = ", ".join(f"'{value}'" for value in row.values())
        rows(url, f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})")
    return {table: rows(url, f"SELECT * FROM {table}")[0] for table in _ROWS}


def described(url: str) -> list[str]:
    """Every table, column, constraint and index of a database."""
    if url.startswith("sqlite"):
        found = rows(url, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        # A column that was added later stands last, and nothing depends on the order.
        return sorted(
            line.strip().rstrip(",) ")
            for row in found
            for line in _LINE.split(_COMMENT.sub("", row["sql"].replace("IF NOT EXISTS ", "")))
        )
    return [str(row) for row in rows(url, _POSTGRES_SCHEMA)]


def test_the_migrations_give_exactly_the_schema_of_the_models(empty: list[str]):
    migrated, generated = empty
    asyncio.run(migrate(migrated))
    asyncio.run(generate(generated))

    assert described(migrated) == described(generated)


@pytest.mark.parametrize("version", range(1, len(_VERSIONS) + 1))
def test_an_upgrade_from_each_earlier_version_keeps_the_data(
    empty: list[str], tmp_path: Path, version: int
):
    url, _ = empty
    folder = tmp_path / "migrations"
    folder.mkdir()
    asyncio.run(migrate(url, versions=version, folder=folder))
    before = fill(url)

    asyncio.run(migrate(url))

    for table, row in before.items():
        (after,) = rows(url, f"SELECT * FROM {table}")
        assert row.items() <= after.items()
