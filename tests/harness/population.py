"""Fills a PostgreSQL with people, with COPY."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import asyncpg
from uuid6 import uuid7

_BATCH = 20_000


def populate(url: str, count: int, *, password_hash: str = "none", verified: bool = True) -> None:
    """`count` users named person0@example.com and so on, each with a verification, a sent mail, a
    session, an audit entry and two counters, as a year of use would leave them; then the planner's
    statistics.
    """
    asyncio.run(_populate(url, count, password_hash, verified))


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
    await connection.execute("ANALYZE")
    await connection.close()


def _people(
    count: int,
    password_hash: str,
    verified: bool,  # noqa: FBT001 - named by its caller
) -> Iterator[dict[str, list[dict[str, Any]]]]:
    now = datetime.now(UTC)
    for number in range(count):
        user, verification = uuid7(), uuid7()
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
                    "id": uuid7(),
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
                    "id": uuid7(),
                    "user_id": user,
                    "token_hash": f"{number:064x}",
                    "created_at": made,
                    "expires_at": made + timedelta(days=30),
                }
            ],
            "audit_entries": [
                {
                    "id": uuid7(),
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
