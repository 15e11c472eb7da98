"""A request that ends in the middle of a statement leaves nothing behind for the next one."""

import asyncio

import pytest
from harness.database import rows
from harness.polling import eventually
from harness.postgres import Cluster

from models.configuration import Pool
from models.sql.database import connected, fetch

SQL = "SELECT 'a statement that the connection does not know yet'"
STATE = "SELECT state FROM pg_stat_activity WHERE pid = "
PREPARED = f"""
SELECT pid FROM pg_stat_activity
WHERE query = '{SQL.replace("'", "''")}' AND state = 'active' AND wait_event = 'ClientRead'
"""


@pytest.mark.slow
async def test_a_connection_is_idle_after_a_statement_that_is_cancelled_before_it_runs(
    cluster: Cluster,
):
    url = cluster.new_database("migrated")
    async with connected(url, Pool(largest=1)):
        [own] = await fetch("SELECT pg_backend_pid() AS pid")
        statement = asyncio.create_task(fetch(SQL))
        # The server has prepared it and waits for more. `rows` blocks the loop, so that the answer
        # is read in the next step, and the task would go on in the one after that.
        for _ in range(200):
            await asyncio.sleep(0)
            if rows(url, PREPARED):
                break
        await asyncio.sleep(0)
        statement.cancel()
        await asyncio.wait({statement})

        assert statement.cancelled()
        # Otherwise the time of the statement runs on, and ends the next one with an error.
        eventually(lambda: rows(url, f"{STATE}{own['pid']}") == [{"state": "idle"}], "an end")
        assert await fetch("SELECT pg_backend_pid() AS pid") == [own]
    cluster.drop(url)
