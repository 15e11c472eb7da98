"""What the hourly sweep removes, and what it keeps."""

from datetime import UTC, datetime

import pytest
from harness.database import rows
from harness.email_changes import NEW, ada, request
from harness.polling import eventually
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Clock, Service, running

from models.sql.database import as_moment


def counts(url: str) -> dict[str, int]:
    tables = ("users", "sessions", "email_verifications", "outgoing_mails", "counters")
    return {table: rows(url, f"SELECT count(*) AS n FROM {table}")[0]["n"] for table in tables}


def test_the_sweep_removes_what_has_ended_and_keeps_what_has_not(
    database_url: str, settings: dict[str, str], postbox: Postbox, clock: Clock
):
    today, long_ago = Clock(), Clock()
    today.now = datetime.now(UTC)
    long_ago.now = long_ago.now.replace(year=2020)
    with running(today, **settings) as service:
        use(service, postbox, "grace@example.com")
    with running(long_ago, **settings) as service:
        use(service, postbox, "ada@example.com")
        service.register(email="waits@example.com")
        postbox.newest("waits@example.com")

    swept = connectx("db", "sweep", **settings)

    assert swept.stdout.startswith("removed 1 sessions, 2 verifications, 2 mails, ")
    after = counts(database_url)
    assert after.pop("counters") > 0
    assert after == {"users": 3, "sessions": 1, "email_verifications": 1, "outgoing_mails": 1}
    with running(today, **settings) as service:
        assert service.login("grace@example.com")["__typename"] == "LoginSuccess"


def test_unverified_users_are_removed_only_where_a_setting_says_so(
    database_url: str, settings: dict[str, str], postbox: Postbox
):
    long_ago = Clock()
    long_ago.now = long_ago.now.replace(year=2020)
    with running(long_ago, **settings) as service:
        use(service, postbox, "ada@example.com")
        service.register(email="waits@example.com")

    kept = connectx("db", "sweep", **settings)
    assert kept.returncode == 0
    assert counts(database_url)["users"] == 2
    swept = connectx("db", "sweep", **settings, UNVERIFIED_DAYS="30")
    assert "1 unverified users" in swept.stdout
    assert [row["email"] for row in rows(database_url, "SELECT email FROM users")] == [
        "ada@example.com"
    ]


def test_a_handle_does_not_tell_that_its_user_was_removed(
    database_url: str, settings: dict[str, str], clock: Clock
):
    with running(clock, **settings) as service:
        handle = service.register()["verification"]["id"]
    clock.advance(days=2)

    with running(clock, **settings, UNVERIFIED_DAYS="1") as service:
        eventually(lambda: counts(database_url)["users"] == 0, "the sweep")
        assert service.run("get_verification_status", id=handle) == "EXPIRED"


def test_a_server_sweeps_by_itself(
    database_url: str, settings: dict[str, str], postbox: Postbox, clock: Clock
):
    with running(clock, **settings) as service:
        use(service, postbox, "ada@example.com")
        assert counts(database_url)["sessions"] == 1
    clock.advance(days=31)

    with running(clock, **settings):
        eventually(lambda: counts(database_url)["sessions"] == 0, "the sweep")


def test_a_failed_mail_to_the_owner_of_a_taken_address_is_removed_after_a_week(
    database_url: str, settings: dict[str, str], postbox: Postbox, clock: Clock
):
    with running(clock, **settings) as service:
        use(service, postbox, NEW)
        request(service, ada(service, postbox))
        postbox.newest(NEW, count=2)
        taken = "letter = 'email_taken'"
        eventually(
            lambda: rows(
                database_url, f"SELECT id FROM outgoing_mails WHERE {taken} AND state = 'sent'"
            ),
            "the report",
        )
        rows(database_url, f"UPDATE outgoing_mails SET state = 'failed' WHERE {taken}")

    connectx("db", "sweep", **settings)

    assert rows(database_url, f"SELECT id FROM outgoing_mails WHERE {taken}") == []


def test_a_sweep_that_fails_is_tried_again_by_the_next_check(
    database_url: str, settings: dict[str, str], clock: Clock, caplog: pytest.LogCaptureFixture
):
    def minutes() -> float:
        """Until another process may sweep."""
        [counter] = rows(database_url, "SELECT expires_at FROM counters WHERE key = 'sweep'")
        return (as_moment(counter["expires_at"]) - clock()).total_seconds() / 60

    rows(database_url, "ALTER TABLE audit_entries RENAME TO hidden_entries")
    with running(clock, **settings):
        eventually(lambda: "the hourly sweep failed" in caplog.text, "the failure")
    rows(database_url, "ALTER TABLE hidden_entries RENAME TO audit_entries")
    after_failure = minutes()
    clock.advance(minutes=10)

    with running(clock, **settings):
        eventually(lambda: minutes() == 60, "a whole sweep")

    assert after_failure == 9


def use(service: Service, postbox: Postbox, email: str) -> None:
    """Somebody registers, verifies and logs in."""
    service.register(email=email)
    service.verify(postbox.code(email), email)
    assert service.login(email)["__typename"] == "LoginSuccess"
