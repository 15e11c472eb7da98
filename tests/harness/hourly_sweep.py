"""What a server does by itself after its start: it sweeps the database, once an hour."""

from datetime import timedelta

from harness.database import dump, rows
from harness.polling import eventually
from harness.service import Clock

_COUNTER = "SELECT hits FROM counters WHERE key = 'sweep'"


def keep_from_sweeping(url: str) -> None:
    """Lets a server that is not started yet find that another one has swept in this hour."""
    rows(
        url,
        "INSERT INTO counters (key, hits, expires_at) "
        "VALUES ('sweep', 1, '2100-01-01 00:00:00+00:00')",
    )


def wait_until_nothing_runs(url: str) -> None:
    """Waits until a server that does not sweep has seen that."""
    eventually(lambda: rows(url, _COUNTER)[0]["hits"] > 1, "the end of a server's start")


def dump_after_start(url: str) -> str:
    """All that is stored, once the first sweep of a server with the time of `Clock` has ended.

    It claims its counter for some minutes, and for an hour at its end.
    """
    claimed = Clock()() + timedelta(minutes=30)
    ended = f"{_COUNTER} AND expires_at > '{claimed}'"
    eventually(lambda: rows(url, ended), "the end of the first sweep")
    return dump(url)
