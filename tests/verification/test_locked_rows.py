"""What waits for a row of PostgreSQL decides by what has happened until it had its turn."""

import asyncio
from typing import Any

import asyncpg
import pytest
from harness.codes import wrong
from harness.database import rows
from harness.locks import overtake, until_a_statement_waits
from harness.operator_commands import Run
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Service

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

ADDRESS = "ada@example.com"


@pytest.mark.parametrize("first", [(), ("users", "unlock", ADDRESS)], ids=["new", "unlocked"])
def test_a_right_code_that_waits_is_refused_after_five_wrong_ones(
    service: Service, postbox: Postbox, connect: Run, database_url: str, first: tuple[str, ...]
):
    service.register()
    code = postbox.code(ADDRESS)
    if first:
        service.verify(wrong(code))
        connect(*first)

    async def race() -> tuple[list[Any], Any]:
        holder = await asyncpg.connect(database_url)
        async with holder.transaction():
            await holder.execute("SELECT FROM users FOR UPDATE")
            right = asyncio.create_task(asyncio.to_thread(service.verify, code))
            await asyncio.to_thread(until_a_statement_waits, database_url)
            guesses = [await asyncio.to_thread(service.verify, wrong(code)) for _ in range(5)]
        await holder.close()
        return guesses, await right

    guesses, right = asyncio.run(race())

    assert [guess["attemptsRemaining"] for guess in guesses] == [4, 3, 2, 1, 0]
    assert right["__typename"] == "TooManyAttemptsError"


def test_a_registration_that_waits_takes_nothing_from_a_user_who_turns_out_to_stay(
    service: Service, database_url: str
):
    handle = service.register()["verification"]["id"]
    service.clock.advance(minutes=10)

    verifying = "UPDATE users SET is_verified = TRUE"
    second = overtake(database_url, lambda: service.register(name="Eve"), verifying)

    assert second["__typename"] == "EmailAlreadyExistsError"
    assert service.run("get_verification_status", id=handle) == "VERIFIED"


def test_the_sweep_leaves_out_what_somebody_has_locked(settings: dict[str, str], database_url: str):
    counters = "SELECT key FROM counters WHERE key LIKE 'old%' ORDER BY key"
    rows(
        database_url,
        "INSERT INTO counters (key, hits, expires_at) "
        "SELECT 'old' || n, 1, now() - interval '1 day' FROM generate_series(1, 1500) AS n",
    )

    async def sweep() -> None:
        holder = await asyncpg.connect(database_url)
        async with holder.transaction():
            await holder.execute("SELECT FROM counters WHERE key = 'old7' FOR UPDATE")
            await asyncio.to_thread(connectx, "db", "sweep", **settings)
            assert rows(database_url, counters) == [{"key": "old7"}]
        await holder.close()

    asyncio.run(sweep())
    connectx("db", "sweep", **settings)

    assert rows(database_url, counters) == []
