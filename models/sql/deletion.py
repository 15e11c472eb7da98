"""Statements that schedule, cancel and do the deletion of users."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from models.sql.database import as_moment, as_uuid, dialect, fetch
from models.sql.lock import lock_where
from models.sql.proof import end_requests
from models.sql.select import fetch_among
from models.tables.email_verification import Purpose

_SCHEDULE = """
UPDATE users SET deletes_at = $2, password_reset_id = NULL, email_change_id = NULL, updated_at = $3
WHERE id = $1
"""
_CANCEL_ALWAYS = "UPDATE users SET deletes_at = NULL WHERE id = $1"
_CANCEL_IF_NOT_DUE = """
UPDATE users SET deletes_at = NULL, updated_at = $2 WHERE id = $1 AND deletes_at > $2 RETURNING id
"""
_LAST_UNDO = """
SELECT max(link_expires_at) AS ends_at FROM email_verifications
WHERE user_id = $1 AND purpose = $2
"""
_WAIT = "SELECT pg_advisory_xact_lock(hashtext('connectx deletions'))"
_DUE = "SELECT id FROM users WHERE deletes_at <= $1 LIMIT $2"
_DELETE = "DELETE FROM users WHERE id {among} RETURNING id, email"
_DELETE_DUE = "DELETE FROM users WHERE id {among} AND deletes_at <= $2 RETURNING id, email"

_LOCK = lock_where("id {among}")
# Unless it was somebody else's as well: then it may name that person.
_FORMER = """
SELECT former.user_id, former.email FROM former_addresses former
WHERE former.user_id {among} AND NOT EXISTS (
    SELECT 1 FROM users WHERE users.email = former.email AND users.is_verified
        AND users.id <> former.user_id
) AND NOT EXISTS (
    SELECT 1 FROM former_addresses other WHERE other.email = former.email
        AND other.user_id <> former.user_id
)
"""
# Mails to the user that are not deleted with the user's row: those about a taken address belong to
# no user. A change to the address that somebody else has asked for stays, and so does the way back
# of somebody who has had it: they are theirs, and end by themselves.
_MAILS = """
DELETE FROM outgoing_mails WHERE recipient {among} AND NOT EXISTS (
    SELECT 1 FROM email_verifications verification
    WHERE verification.id = outgoing_mails.verification_id AND verification.user_id IS NOT NULL
)
RETURNING id
"""
_NAMES_IN_OTHERS = "UPDATE users SET invited_by = NULL WHERE invited_by {among}"


async def schedule(user_id: UUID, *, deletes_at: datetime, now: datetime) -> None:
    """Sets when a user is deleted, whom the caller's transaction has locked.

    Pending resets and changes of the address end, so that only the link of the notice is left.
    """
    await fetch(_SCHEDULE, user_id, deletes_at, now)
    await end_requests(user_id)


async def last_undo_ends(user_id: UUID) -> datetime | None:
    """When the last link ends that undoes a change of the user's address; None without one."""
    [row] = await fetch(_LAST_UNDO, user_id, Purpose.EMAIL_UNDO)
    return as_moment(row["ends_at"])


async def cancel_always(user_id: UUID) -> None:
    """Cancels a deletion of a user, also one that is due, in the caller's transaction.

    For somebody who takes the account back: whoever had it may have scheduled the deletion.
    """
    await fetch(_CANCEL_ALWAYS, user_id)


async def cancel_if_not_due(user_id: UUID, *, now: datetime) -> bool:
    """Whether a deletion of the user was pending and not due. It is cancelled."""
    return bool(await fetch(_CANCEL_IF_NOT_DUE, user_id, now))


async def due(*, now: datetime, limit: int) -> list[UUID]:
    """Up to `limit` users whose deletion is due."""
    return [as_uuid(row["id"]) for row in await fetch(_DUE, now, limit)]


async def wait_for_deletions() -> None:
    """Lets one transaction at a time delete users, until the caller's transaction ends.

    Deleting a user also changes the users whose `invited_by` is their address. Two deletions of
    users who have invited each other would deadlock. Call this before the transaction locks a row.
    SQLite needs no lock, as it has one writer at a time.
    """
    if dialect() == "postgres":
        await fetch(_WAIT)


async def delete_users(
    user_ids: Collection[UUID], *, due_at: datetime | None = None
) -> Sequence[str]:
    """Deletes users and what names them, in the caller's transaction.

    What other people have begun with the same addresses stays.

    A caller that has locked a user before must have called `wait_for_deletions` before that. With
    `due_at`, a user whose deletion was cancelled meanwhile stays. Returns the addresses of
    those who are gone.
    """
    await wait_for_deletions()
    # Before the former addresses are read: a change of the address may be under way.
    await fetch_among(_LOCK, user_ids)
    former = await fetch_among(_FORMER, user_ids)
    if due_at is None:
        gone = await fetch_among(_DELETE, user_ids)
    else:
        gone = await fetch_among(_DELETE_DUE, user_ids, due_at)
    ids = {row["id"] for row in gone}
    addresses = [str(row["email"]) for row in gone]
    await fetch_among(_MAILS, addresses)
    # Mails and verifications for a former address may be those of its next owner.
    names = addresses + [str(row["email"]) for row in former if row["user_id"] in ids]
    await fetch_among(_NAMES_IN_OTHERS, names)
    return addresses
