"""Around the API: health, and headers for browsers."""

import pytest
from harness.database import rows
from harness.service import Service, running

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def test_a_server_is_alive_and_ready(service: Service):
    alive, ready = service.http.get("/healthz"), service.http.get("/readyz")

    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ok"})


def test_a_server_whose_schema_is_behind_is_alive_and_not_ready(
    service: Service, database_url: str
):
    rows(database_url, "DELETE FROM aerich")

    alive, ready = service.http.get("/healthz"), service.http.get("/readyz")

    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})
    assert (ready.status_code, ready.json()) == (
        503,
        {"status": "unavailable", "database": "schema is behind"},
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "path", ["/graphql?query={__typename}", "/graphql", "/healthz", "/readyz", "/nothing", "/"]
)
def test_every_answer_that_is_no_page_may_do_nothing(service: Service, path: str):
    headers = service.http.get(path).headers

    assert headers["content-security-policy"] == NOTHING
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers or "connectx" not in headers["server"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", ["/verify", "/mailbox", "/graphql"])
def test_a_page_runs_only_scripts_of_its_own_server_and_no_inline_ones(
    settings: dict[str, str], path: str
):
    del settings["SMTP_URL"]
    with running(**settings) as service:
        answer = service.http.get(path, headers={"accept": "text/html"})

    policy = dict(
        part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")
    )
    assert answer.status_code == 200
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_trailing_slash_is_not_redirected_to_whatever_host_was_asked(service: Service):
    answer = service.http.post("/graphql/", json={}, headers={"host": "evil.example"})

    assert answer.status_code == 404
    assert "location" not in answer.headers
