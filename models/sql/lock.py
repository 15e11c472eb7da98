"""Locks the row of a user for a transaction that depends on what the row says.

Every transaction locks the user first, and then what belongs to the user. So none waits for another
in a circle.
"""

from uuid import UUID

from models.sql.database import Statement, run
from models.tables.user import User

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


async def lock_user(user: User) -> bool:
    """Locks a user until the transaction ends, and reads `user.email` anew.

    A change of the address may have been stored since the user was read, and nothing may be mailed
    to the former one. False if they may not log in with their password hash any more: it was
    changed, or the account is disabled, about to be deleted or gone.
    """
    email = await lock_user_by_id(user.id, password_hash=user.password_hash)
    if email is not None:
        user.email = email
    return email is not None


async def lock_user_by_id(user_id: UUID, *, password_hash: str) -> str | None:
    """The same for a user who was not read as a model. Returns their address; None if False."""
    for row in await run(Statement(_IF_UNCHANGED, (user_id, password_hash))):
        return str(row["email"])
    return None
