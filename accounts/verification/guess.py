"""Compares a typed code with the newest one that was mailed to its address."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from accounts.environment import Environment
from accounts.keyring import AttemptKeys, UnknownKeyError, same_code
from models.sql.database import Rows, Statement, as_moment, as_uuid, run


class NewestCode(NamedTuple):
    """The newest verification of an address, the only one whose code is valid."""

    id: UUID
    user_id: UUID
    key_id: str
    otp_expires_at: datetime | None


@dataclass(frozen=True)
class Guess:
    """A typed code, and the verification and counters that it is compared with."""

    address: str = field(repr=False)
    address_hash: str
    keys: AttemptKeys
    newest: NewestCode | None
    is_right: bool


async def find_guess(code: str, *, address: str, address_hash: str, env: Environment) -> Guess:
    """Reads the newest verification of the address, and compares the code with it."""
    rows = await run(newest_of(address))
    return guess_from_rows(code, rows, address=address, address_hash=address_hash, env=env)


def guess_from_rows(
    code: str, rows: Rows, *, address: str, address_hash: str, env: Environment
) -> Guess:
    """Compares the code with the rows that `newest_of` returned."""
    newest = _newest(rows)
    keys = AttemptKeys.of(address_hash, verification_id=newest.id if newest else None)
    return Guess(address, address_hash, keys, newest, _is_right(code, newest, env=env))


_NO_VERIFICATION = UUID(int=0)
"""Replaces the id of a missing verification, so that the comparison takes the same time."""

_NEWEST = """
SELECT id, user_id, key_id, otp_expires_at FROM email_verifications
WHERE id = COALESCE((SELECT verification_id FROM users WHERE email = {0}), {1})
"""


def newest_of(address: str) -> Statement:
    """The query for the newest verification of an address. It returns at most one row."""
    return Statement(_NEWEST, (address, _NO_VERIFICATION))


def _newest(rows: Rows) -> NewestCode | None:
    for row in rows:
        return NewestCode(
            id=as_uuid(row["id"]),
            user_id=as_uuid(row["user_id"]),
            key_id=row["key_id"],
            otp_expires_at=as_moment(row["otp_expires_at"]),
        )
    return None


def _is_right(code: str, newest: NewestCode | None, *, env: Environment) -> bool:
    id_, key_id = (newest.id, newest.key_id) if newest else (_NO_VERIFICATION, env.keys.newest)
    try:
        matches = same_code(code, env.keys.otp(id_, key_id=key_id))
    except UnknownKeyError:
        return False
    return matches and newest is not None and newest.otp_expires_at is not None
