"""Inserts many users into a PostgreSQL, with COPY."""

import asyncio
import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count as counting
from itertools import islice
from typing import Any

import asyncpg
from uuid6 import UUID

_BATCH = 20_000


def insert_users(
    url: str,
    count: int,
    *,
    password_hash: str = "none",
    verified: bool = True,
    statistics: bool = True,
) -> None:
    """`count` users named person0@example.com and so on, each with a verification, a sent mail, a
    session, an audit entry and two counters, as a year of use would leave them.

    `statistics` makes those of the planner as well.
    """
    asyncio.run(_populate(url, count, password_hash, verified))
    if statistics:
        asyncio.run(_analyze(url))


async def _populate(url: str, count: int, password_hash: str, verified: bool) -> None:  # noqa: FBT001 - named by its caller
    connection = await asyncpg.connect(url)
    await connection.execute(
        "INSERT INTO tenants (id, name, policy, created_at) "
        "SELECT gen_random_uuid(), 'Church ' || n, '{}', now() FROM generate_series(1, 1000) AS n"
    )
    people = _people(count, password_hash, verified)
    while batch := list(islice(people, _BATCH)):
        for table in batch[0]:
            records = [record for person in batch for record in person[table]]
            await connection.copy_records_to_table(
                table, records=[tuple(record.values()) for record in records], columns=[*records[0]]
            )
    await connection.close()


async def _analyze(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("ANALYZE")
    await connection.close()


def _ids() -> Iterator[UUID]:
    """Ids in the order of their times, a millisecond each, beginning ten days ago.

    `uuid7` counts on from its last, and would be minutes ahead of the clock after so many: the ids
    of this process's mails would no longer sort among those of the commands that a test runs.
    """
    ten_days = 10 * 24 * 3600 * 1000
    for milliseconds in counting(time.time_ns() // 10**6 - ten_days):
        yield UUID(int=milliseconds << 80 | secrets.randbits(76), version=7)


def _people(
    count: int,
    password_hash: str,
    verified: bool,  # noqa: FBT001 - named by its caller
) -> Iterator[dict[str, list[dict[str, Any]]]]:
    now = datetime.now(UTC)
    ids = _ids()
    for number in range(count):
        user, verification = next(ids), next(ids)
        email = f"person{number}@example.com"
        made = now - timedelta(seconds=number % 300)
        later = made + timedelta(minutes=10)
        yield {
            "users": [
                {
                    "id": user,
                    "email": email,
                    "name": "A Person",
                    "password_hash": password_hash,
                    "role": "customer",
                    "is_verified": verified,
                    "is_profile_complete": False,
                    "verification_id": verification,
                    "held_until": later,
                    "created_at": made,
                    "updated_at": made,
                }
            ],
            "email_verifications": [
                {
                    "id": verification,
                    "user_id": user,
                    "key_id": "0123456789abcdef",
                    "otp_expires_at": later,
                    "expires_at": later,
                    "created_at": made,
                }
            ],
            "outgoing_mails": [
                {
                    "id": next(ids),
                    "letter": "verification",
                    "recipient": email,
                    "data": "{}",
                    "verification_id": verification,
                    "state": "sent",
                    "due_at": made,
                    "attempts": 1,
                    "created_at": made,
                    "sent_at": made,
                }
            ],
            "sessions": [
                {
                    "id": next(ids),
                    "user_id": user,
                    "token_hash": f"{number:064x}",
                    "created_at": made,
                    "expires_at": made + timedelta(days=30),
                }
            ],
            "audit_entries": [
                {
                    "id": next(ids),
                    "at": made,
                    "actor": "api",
                    "action": "registered",
                    "subject": "p***@example.com",
                    "subject_hash": f"{number:064x}",
                }
            ],
            "counters": [
                {"key": f"{kind}/{number:064x}", "hits": 1, "expires_at": later}
                for kind in ("resend", "mail")
            ],
        }
