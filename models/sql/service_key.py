"""Statements for the keys of services."""

from datetime import datetime
from uuid import UUID

from models.sql.database import fetch
from models.sql.select import model_of, select_list
from models.tables.service_key import ServiceKey

_FIND = "SELECT {columns} FROM service_keys WHERE key_hash = $1 AND expires_at > $2"
_TOUCH = """
UPDATE service_keys SET last_used_at = $2
WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)
"""


async def find(key_hash: str, *, now: datetime) -> ServiceKey | None:
    """The key with this hash, if it has not expired."""
    statement = _FIND.format(columns=select_list(ServiceKey))
    for row in await fetch(statement, key_hash, now):
        return model_of(ServiceKey, row)
    return None


async def touch(key_id: UUID, *, now: datetime) -> None:
    """Records that the key is used now."""
    await fetch(_TOUCH, key_id, now)
