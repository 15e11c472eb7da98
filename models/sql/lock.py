"""Locks the row of a user for a transaction that depends on what the row says.

Every transaction locks the user first, and then what belongs to the user. So none waits for another
in a circle.
"""

from uuid import UUID

from models.sql.database import Statement, run

_MAY_LOG_IN = (
    "id = {0} AND password_hash = {1} AND is_verified "
    "AND disabled_at IS NULL AND deletes_at IS NULL"
)
"""SQL for whether a user may log in with a password that was verified against a hash."""


def lock_where(condition: str) -> str:
    """The statement that locks the users who meet a condition, and returns who they are."""
    # The update changes nothing. It is a statement that both databases have, and on SQLite the
    # transaction must begin with a write.
    return (
        f"UPDATE users SET updated_at = updated_at WHERE {condition} "  # noqa: S608 - conditions are constants
        "RETURNING id, email, is_verified"
    )


_IF_UNCHANGED = lock_where(_MAY_LOG_IN)


async def lock_user(user_id: UUID, *, password_hash: str) -> str | None:
    """Locks a user until the transaction ends, and returns their address.

    It may be another one than the caller has read: a change of it may have been stored since. None
    if they may not log in with this password hash any more: it was changed, or the account is
    disabled, about to be deleted or gone.
    """
    for row in await run(Statement(_IF_UNCHANGED, (user_id, password_hash))):
        return str(row["email"])
    return None
