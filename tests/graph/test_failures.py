"""What a client is told of an outage and of a bug: enough to act, and nothing of the cause."""

import logging

import pytest
from harness.breakable_clock import BreakableClock
from harness.database import migrate, rows
from harness.every_mutation import answers
from harness.parallel_requests import at_once
from harness.postgres import Cluster
from harness.service import Service, running

UNAVAILABLE = {
    "__typename": "UnavailableError",
    "message": "Service temporarily unavailable. Please try again.",
    "retryAfterSeconds": 2,
}


@pytest.fixture
def clock() -> BreakableClock:
    return BreakableClock()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # not used: it has its own
def test_while_the_database_is_away_every_mutation_is_unavailable_and_recovers(
    settings: dict[str, str],
):
    cluster = Cluster()
    cluster.start()
    url = cluster.new_database()
    migrate(url)
    with running(**{**settings, "DATABASE_URL": url}) as service:
        service.register(email="grace@example.com")
        cluster.stop("immediate")
        outage = answers(service)
        ready = service.http.get("/readyz")
        alive = service.http.get("/healthz")
        cluster.start()
        recovered = answers(service)
        cluster.stop("immediate")

    assert outage == dict.fromkeys(outage, UNAVAILABLE)
    assert (ready.status_code, ready.json()) == (
        503,
        {"status": "unavailable", "database": "unreachable"},
    )
    assert alive.status_code == 200
    assert recovered["register"]["__typename"] == "RegisterSuccess"


def test_a_table_that_is_away_is_an_outage_that_names_nothing(
    service: Service, database_url: str, caplog: pytest.LogCaptureFixture
):
    rows(database_url, "ALTER TABLE counters RENAME TO away")
    outage = service.resend()
    rows(database_url, "ALTER TABLE away RENAME TO counters")

    assert outage == UNAVAILABLE
    assert service.resend()["__typename"] == "ResendVerificationSuccess"
    [line] = [line for line in caplog.messages if line.startswith("unavailable: OperationalError")]
    assert "counters" not in line


def test_an_outage_in_a_query_is_an_error_that_says_when_to_ask_again(
    service: Service, database_url: str
):
    rows(database_url, "ALTER TABLE sessions RENAME TO away")
    body = service.execute("{ viewer { id } }", token="x")
    rows(database_url, "ALTER TABLE away RENAME TO sessions")

    assert body == {
        "data": {"viewer": None},
        "errors": [
            {
                "message": UNAVAILABLE["message"],
                "path": ["viewer"],
                "extensions": {"code": "UNAVAILABLE", "retryAfterSeconds": 2},
            }
        ],
    }


def test_a_registration_that_failed_left_nothing_behind(service: Service, database_url: str):
    rows(database_url, "ALTER TABLE outgoing_mails RENAME TO away")
    outage = service.register()
    rows(database_url, "ALTER TABLE away RENAME TO outgoing_mails")

    assert outage == UNAVAILABLE
    assert rows(database_url, "SELECT * FROM users") == []
    assert rows(database_url, "SELECT * FROM email_verifications") == []
    assert service.register()["__typename"] == "RegisterSuccess"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_bug_in_any_mutation_is_an_internal_error_whose_id_is_on_the_log_line(
    service: Service, clock: BreakableClock, caplog: pytest.LogCaptureFixture
):
    clock.broken = True
    given = answers(service)
    clock.broken = False

    logged = {record.getMessage(): record for record in caplog.records}
    for answer in given.values():
        incident = answer.pop("incidentId")
        assert answer == {"__typename": "InternalError", "message": "Internal error."}
        record = logged[f"incident {incident}"]
        assert record.levelno == logging.ERROR
        assert record.exc_info
        assert str(record.exc_info[1]) == BreakableClock.CAUSE
        assert f"incident {incident}\nTraceback" in caplog.text
    assert service.register()["__typename"] == "RegisterSuccess"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_bug_in_a_query_is_an_error_with_an_incident(
    service: Service, clock: BreakableClock, caplog: pytest.LogCaptureFixture
):
    clock.broken = True
    body = service.execute("{ viewer { id } }", token="x")
    clock.broken = False

    incident = body["errors"][0]["extensions"].pop("incidentId")
    assert body == {
        "data": {"viewer": None},
        "errors": [
            {"message": "Internal error.", "path": ["viewer"], "extensions": {"code": "INTERNAL"}}
        ],
    }
    assert f"incident {incident}" in caplog.messages


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_more_hashes_than_can_wait_are_refused_at_once(settings: dict[str, str]):
    cost = {"ARGON2_MEMORY_KIB": "65536", "ARGON2_ITERATIONS": "4", "HASHING_WAIT": "0"}
    people = [
        {"name": "Ada", "email": f"ada{number}@example.com", "password": "secure_password"}
        for number in range(20)
    ]
    with running(**settings, **cost) as service:
        service.login()  # so that the server knows how long a hash takes
        answers = at_once(service, "register", people)
        alone = service.register()

    refused = [answer for answer in answers if answer["__typename"] != "RegisterSuccess"]
    assert refused
    assert min(answer["retryAfterSeconds"] for answer in refused) >= 1
    assert refused == [
        {**UNAVAILABLE, "retryAfterSeconds": answer["retryAfterSeconds"]} for answer in refused
    ]
    assert len(refused) < len(people)
    assert alone["__typename"] == "RegisterSuccess"
