"""What `connectx serve` says at its start."""

from pathlib import Path

import pytest
from harness.database import rows
from harness.processes import serving

from server.cli.banner import shown_host


def test_a_first_start_needs_nothing_and_says_where_to_look(data: Path):
    with serving(DATA_DIR=str(data)) as server:
        answer = server.register()
        output = server.output()

    assert answer["__typename"] == "RegisterSuccess"
    assert f"GraphiQL  {server.url}/graphql\n" in output
    assert f"Mailbox   {server.url}/mailbox" in output
    assert f"Data      {data}\n" in output
    assert rows(f"sqlite://{data / 'connectx.sqlite3'}", "PRAGMA journal_mode") == [
        {"journal_mode": "wal"}
    ]


def test_a_start_behind_a_proxy_says_where_it_listens_as_well(data: Path):
    with serving(DATA_DIR=str(data), PUBLIC_URL="https://shop.example") as server:
        output = server.output()

    assert f"Listens   {server.url}\n" in output
    assert "GraphiQL  https://shop.example/graphql\n" in output


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_start_says_where_its_database_is_and_not_who_logs_in(
    settings: dict[str, str], database_url: str
):
    user, _, place = database_url.removeprefix("postgres://").partition("@")
    trusted = f"postgres://{user}:hunter2@{place}"
    with serving(**{**settings, "DATABASE_URL": trusted}) as server:
        output = server.output()

    assert f"Database  PostgreSQL at {place}\n" in output
    assert "Data  " not in output
    assert "hunter2" not in output


@pytest.mark.parametrize(
    ("host", "shown"),
    [("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("::1", "[::1]"), ("127.0.0.2", "127.0.0.2")],
)
def test_a_start_on_all_addresses_tells_one_of_the_same_kind(host: str, shown: str):
    assert shown_host(host) == shown
