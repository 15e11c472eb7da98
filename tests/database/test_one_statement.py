"""With PostgreSQL, one statement asks what may be done, and another one does all of it.

Registrations and logins are stored by a transaction (docs/decisions/0043).
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from harness.codes import wrong
from harness.database import rows
from harness.hourly_sweep import keep_from_sweeping, wait_until_nothing_runs
from harness.postgres import Cluster
from harness.service import Clock, Service, running

from accounts.keyring import Keyring

ADDRESS = "ada@example.com"
STATEMENT = re.compile(r"LOG:  (?:execute [^:]+|statement):\s+(\w+(?: \w+)?)")

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
def watched(
    settings: dict[str, str], database_url: str, cluster: Cluster, clock: Clock
) -> Iterator[Service]:
    """Nothing runs in the background, and PostgreSQL logs all."""
    cluster.execute(f"ALTER DATABASE {database_url.rpartition('/')[2]} SET log_statement = 'all'")
    keep_from_sweeping(database_url)
    with running(clock, **settings, DELIVERY="off") as service:
        wait_until_nothing_runs(database_url)
        yield service


def test_a_registration_asks_once_whether_it_may_and_stores_all_of_it_in_one_transaction(
    watched: Service, cluster: Cluster, database_url: str
):
    watched.register(email="warm@example.com")
    before = len(cluster.log())

    answer = watched.register(email=ADDRESS)

    assert answer["__typename"] == "RegisterSuccess"
    asked, *storing = STATEMENT.findall(cluster.log()[before:])
    assert asked == "WITH w0"
    assert (storing[0], storing[-1]) == ("BEGIN", "COMMIT")
    assert storing[1:-1] == ["WITH released", "INSERT INTO", "WITH w0", "WITH s4"]
    stored = "SELECT count(*) AS n FROM {}"
    tables = ["users", "email_verifications", "outgoing_mails", "audit_entries"]
    assert [rows(database_url, stored.format(table))[0]["n"] for table in tables] == [2] * 4


@pytest.mark.parametrize(
    ("ask", "kind", "storing"),
    [
        (
            lambda service, code, _: service.verify(wrong(code)),
            "InvalidOtpError",
            ["WITH address_count"],
        ),
        (lambda service, code, _: service.verify(code), "VerifyEmailSuccess", ["WITH person"]),
        (
            lambda service, _, token: service.verify_by_link(token),
            "VerifyEmailSuccess",
            ["WITH marked"],
        ),
        (
            lambda service, *_: service.login(),
            "LoginSuccess",
            ["BEGIN", "UPDATE users", "WITH s0", "COMMIT"],
        ),
    ],
)
def test_a_code_a_link_and_a_login_ask_once_what_there_is_and_store_all_of_it_at_once(
    watched: Service,
    cluster: Cluster,
    database_url: str,
    settings: dict[str, str],
    ask: Callable[[Service, str, str], Any],
    kind: str,
    storing: list[str],
):
    watched.register(email=ADDRESS)
    verified = "TRUE" if kind == "LoginSuccess" else "FALSE"
    rows(database_url, f"UPDATE users SET is_verified = {verified}")
    # As if the policy had links as well.
    sql = "UPDATE email_verifications SET link_expires_at = expires_at RETURNING id, key_id"
    [newest] = rows(database_url, sql)
    keys, key_id = Keyring([settings["SECRET_KEY"]]), newest["key_id"]
    code, token = (
        keys.otp(newest["id"], key_id=key_id),
        keys.link_token(newest["id"], key_id=key_id),
    )
    before = len(cluster.log())

    answer = ask(watched, code, token)

    assert answer["__typename"] == kind
    assert STATEMENT.findall(cluster.log()[before:]) == ["WITH w0", *storing]


def test_a_taken_address_leaves_nothing_behind_and_is_not_in_the_log_of_the_database(
    service: Service, cluster: Cluster, database_url: str
):
    counted = (
        "SELECT * FROM counters "
        "WHERE key NOT LIKE '%register_client%' AND key <> 'sweep' ORDER BY key"
    )
    service.register(email=ADDRESS)
    before, counters = len(cluster.log()), rows(database_url, counted)

    answer = service.register(email=ADDRESS, password="another_password")

    assert answer["__typename"] == "EmailAlreadyExistsError"
    assert "ERROR" not in cluster.log()[before:]
    assert "ada" not in cluster.log()[before:]
    assert rows(database_url, counted) == counters
    assert len(rows(database_url, "SELECT id FROM outgoing_mails")) == 1


def test_an_address_that_has_had_its_mails_is_not_stored_nor_in_the_log_of_the_database(
    service: Service, cluster: Cluster, database_url: str
):
    for _ in range(5):
        service.register(email=ADDRESS)
        rows(database_url, "DELETE FROM users")
    before = len(cluster.log())

    answer = service.register(email=ADDRESS)

    assert (answer["__typename"], answer["retryAfterSeconds"]) == ("RateLimitedError", 3600)
    assert "ERROR" not in cluster.log()[before:]
    assert "ada" not in cluster.log()[before:]
    assert rows(database_url, "SELECT id FROM users") == []
