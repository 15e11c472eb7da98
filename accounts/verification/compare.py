"""Compares a typed code with the newest one that was mailed to its address."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from accounts.environment import Environment
from accounts.keyring import AttemptKeys, SecretKeyGoneError
from accounts.verification.otp import same_code
from models import Purpose
from models.sql.database import Rows, Statement, as_moment, as_uuid, run
from models.sql.proof import NEWEST_COLUMN


class NewestCode(NamedTuple):
    """The newest verification of an address for a purpose, the only one whose code is valid."""

    id: UUID
    user_id: UUID | None
    """None for a decoy, whose code is never right."""
    key_id: str
    otp_expires_at: datetime | None
    new_email: str | None
    """The address that a right code proves; None: that which the code is typed for."""


@dataclass(frozen=True)
class Target:
    """The address and the purpose that a code is typed for."""

    address: str = field(repr=False)
    address_hash: str
    purpose: Purpose


@dataclass(frozen=True)
class CodeAttempt:
    """A typed code, the verification that it is compared with, and the keys of its counters."""

    target: Target
    keys: AttemptKeys
    newest: NewestCode | None
    is_right: bool


async def compare(code: str, *, target: Target, env: Environment) -> CodeAttempt:
    """Reads the newest verification of the target, and compares the code with it."""
    return compare_with_rows(code, await run(newest_code_query(target)), target=target, env=env)


def compare_with_rows(code: str, rows: Rows, *, target: Target, env: Environment) -> CodeAttempt:
    """Compares the code with the rows that `newest_code_query` returned."""
    newest = _code_in(rows)
    keys = AttemptKeys.of(target.address_hash, verification_id=newest.id if newest else None)
    return CodeAttempt(target, keys, newest, _is_right(code, newest, target=target, env=env))


_NO_VERIFICATION = UUID(int=0)
"""Replaces the id of a missing verification, so that the comparison takes the same time."""

_SELECT_NEWEST = """
SELECT id, user_id, key_id, otp_expires_at, new_email FROM email_verifications
WHERE id = COALESCE((SELECT {column} FROM users WHERE email = {{0}}), {{1}})
"""


def newest_code_query(target: Target) -> Statement:
    """The query for the newest verification of a target. It returns at most one row."""
    return Statement(newest_code_sql(target.purpose), (target.address, _NO_VERIFICATION))


@cache
def newest_code_sql(purpose: Purpose) -> str:
    return _SELECT_NEWEST.format(column=NEWEST_COLUMN[purpose])


def _code_in(rows: Rows) -> NewestCode | None:
    for row in rows:
        return NewestCode(
            id=as_uuid(row["id"]),
            user_id=row["user_id"] and as_uuid(row["user_id"]),
            key_id=row["key_id"],
            otp_expires_at=as_moment(row["otp_expires_at"]),
            new_email=row["new_email"],
        )
    return None


def _is_right(code: str, newest: NewestCode | None, *, target: Target, env: Environment) -> bool:
    try:
        matches = same_code(code, _expected(newest, target=target, env=env))
    except SecretKeyGoneError:
        return False
    if newest is None or newest.user_id is None or newest.otp_expires_at is None:
        return False
    return matches


def _expected(newest: NewestCode | None, *, target: Target, env: Environment) -> str:
    """The right code for the address that would be proved.

    For a test address, it is the one that `connectx test-code` prints; for any other address, the
    one in the mail. Without a verification it is a code that is computed only to take as long.
    """
    proved = (newest and newest.new_email) or target.address
    if proved in env.test_addresses:
        return env.keys.test_otp(proved, purpose=target.purpose)
    id_, key_id = (newest.id, newest.key_id) if newest else (_NO_VERIFICATION, env.keys.newest)
    return env.keys.otp(id_, purpose=target.purpose, key_id=key_id)
