"""Statements for service tokens: their audiences, and the keys that sign them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.sql.database import Statement, dialect, fetch
from models.sql.select import model_of, select_list
from models.tables.audience import Audience
from models.tables.signing_key import SigningKey

# Without a key that signs at this time, the columns of the key are null.
_FOR_AUDIENCE = """
SELECT {audience}, {key} FROM audiences LEFT JOIN signing_keys ON signing_keys.id = (
    SELECT id FROM signing_keys WHERE signs_from <= {{1}} ORDER BY signs_from DESC, id DESC LIMIT 1
)
WHERE audiences.name = {{0}}
"""
_SUPERSEDED = """
EXISTS (
    SELECT 1 FROM signing_keys later
    WHERE later.signs_from > signing_keys.signs_from AND later.signs_from <= $1
)
"""
_PUBLISHED = f"SELECT {{key}} FROM signing_keys WHERE NOT {_SUPERSEDED} ORDER BY signs_from, id"  # noqa: S608
_PUBLISHED_ONE = f"SELECT {{key}} FROM signing_keys WHERE kid = $2 AND NOT {_SUPERSEDED}"  # noqa: S608
_REMOVE_SUPERSEDED = f"DELETE FROM signing_keys WHERE {_SUPERSEDED} RETURNING kid"  # noqa: S608


def for_audience(name: str, *, now: datetime) -> Statement:
    """The query for an audience, with the key that signs at this time."""
    sql = _FOR_AUDIENCE.format(audience=select_list(Audience), key=select_list(SigningKey))
    return Statement(sql, (name, now))


def audience_in(row: Any) -> Audience:
    """The audience in a row of `for_audience`."""
    return model_of(Audience, row)


def key_in(row: Any) -> SigningKey | None:
    """The key in a row of `for_audience`; None if no key signs yet."""
    return model_of(SigningKey, row) if row["signing_keys_id"] else None


async def published(*, superseded_after: datetime) -> Sequence[SigningKey]:
    """The keys whose tokens may be valid, also those that sign later, oldest first.

    A key that another one replaced by `superseded_after` is not among them.
    """
    rows = await fetch(_PUBLISHED.format(key=select_list(SigningKey)), superseded_after)
    return [model_of(SigningKey, row) for row in rows]


async def published_one(kid: str, *, superseded_after: datetime) -> SigningKey | None:
    """The published key with this thumbprint."""
    sql = _PUBLISHED_ONE.format(key=select_list(SigningKey))
    for row in await fetch(sql, superseded_after, kid):
        return model_of(SigningKey, row)
    return None


async def remove_superseded(*, superseded_after: datetime) -> int:
    """Removes the keys that are not published any more. Returns how many."""
    return len(await fetch(_REMOVE_SUPERSEDED, superseded_after))


async def lock_keys() -> None:
    """Waits for other commands that change keys. It comes first in the caller's transaction.

    SQLite refuses a transaction that writes after it has read, if somebody else wrote in between.
    One that begins with a write waits.
    """
    if dialect() == "postgres":
        await fetch("LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE")
    else:
        await fetch("DELETE FROM signing_keys WHERE kid IS NULL")
