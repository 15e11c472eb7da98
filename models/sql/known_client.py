"""Statements for the kinds of clients that a user has logged in by."""

from datetime import datetime
from uuid import UUID

from uuid6 import uuid7

from models.sql.database import fetch

_ADD = """
INSERT INTO known_clients (id, user_id, label, created_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (user_id, label) DO NOTHING RETURNING id
"""
_OTHER = "SELECT id FROM known_clients WHERE user_id = $1 AND label <> $2 LIMIT 1"


async def add_client(user_id: UUID, label: str, *, now: datetime) -> bool:
    """Stores a kind of client. True if it is new, and not the first one of the user.

    The caller's transaction has locked the user.
    """
    if not await fetch(_ADD, uuid7(), user_id, label, now):
        return False
    return bool(await fetch(_OTHER, user_id, label))
