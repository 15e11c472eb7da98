"""One connection for a request, and all of its statements or none."""

from collections.abc import AsyncIterator
from contextlib import nullcontext, suppress

import pytest
from harness.postgres import Cluster

from models import Tenant
from models.configuration import Pool
from models.sql.database import connected, fetch, one_connection, transaction

ADD = "UPDATE counters SET hits = hits + 1 WHERE key = 'k' RETURNING hits"


async def hits() -> int:
    [row] = await fetch("SELECT hits FROM counters WHERE key = 'k'")
    return row["hits"]


@pytest.fixture
async def counter(database: None) -> None:
    await fetch("INSERT INTO counters (key, hits, expires_at) VALUES ('k', 0, '2030-01-01')")


@pytest.fixture
async def postgres(cluster: Cluster) -> AsyncIterator[None]:
    """With two connections, so that whoever keeps one is found out."""
    url = cluster.new_database("migrated")
    async with connected(url, Pool(largest=2)):
        yield
    cluster.drop(url)


async def test_a_transaction_that_ends_well_has_done_each_statement(counter):
    async with transaction():
        await fetch(ADD)
        await fetch(ADD)

    assert await hits() == 2


@pytest.mark.parametrize(
    "around", [nullcontext, one_connection], ids=["alone", "on one connection"]
)
async def test_an_exception_undoes_each_statement_of_a_transaction(counter, around):
    async with around():
        await fetch(ADD)
        with suppress(ZeroDivisionError):
            async with transaction():
                await fetch(ADD)
                await fetch(ADD)
                raise ZeroDivisionError

    assert await hits() == 1


async def test_a_transaction_on_one_connection_takes_no_other(postgres):
    async with one_connection():
        [outside] = await fetch("SELECT pg_backend_pid() AS pid")
        async with transaction():
            [inside] = await fetch("SELECT pg_backend_pid() AS pid")

    assert inside["pid"] == outside["pid"]


async def test_the_orm_is_refused_where_it_would_take_a_second_connection(postgres):
    for _ in range(3):
        with pytest.raises(RuntimeError, match="holds a connection"):
            async with one_connection():
                await Tenant.all()
        with pytest.raises(RuntimeError, match="holds a connection"):
            async with transaction():
                await Tenant.all()

    assert await Tenant.all() == []


async def test_a_transaction_that_fails_gives_its_connection_back(postgres):
    for _ in range(3):
        with suppress(ZeroDivisionError):
            async with transaction():
                raise ZeroDivisionError

    [row] = await fetch("SELECT 1 AS one")
    assert row["one"] == 1
