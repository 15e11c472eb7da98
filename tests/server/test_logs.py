"""What a server writes about itself: for people on a terminal, for machines everywhere else."""

import os
import pty
import re
from typing import Any
from uuid import UUID

import pytest
from harness.database import rows
from harness.log_lines import POSTED, line_of, lines
from harness.polling import eventually
from harness.processes import Server, serving

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def ask(server: Server, query: str, request_id: str = "one") -> dict[str, Any]:
    """The line of one request, without what is different each time."""
    server.http.post("/graphql", json={"query": query}, headers={"x-request-id": request_id})
    line = line_of(server, request_id)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", line.pop("timestamp"))
    assert 0 <= line.pop("duration_ms") < 60_000
    return line


LOGIN = """mutation Sign_in { x: login(input: {email: "a@example.com", password: "hunter_22"}) {
    ... on UserError { y: message } } }"""
TWO = """mutation { logout { __typename }
    resendVerification(input: {email: "nobody"}) { __typename } }"""


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            LOGIN,
            {"operation": "Sign_in", "mutation": "login", "outcome": "InvalidCredentialsError"},
        ),
        (
            TWO,
            {
                "operation": "(mutation)",
                "mutation": "logout,resendVerification",
                "outcome": "UnauthenticatedError,InvalidInputError",
            },
        ),
        ("query Me { viewer { email } }", {"operation": "Me", "outcome": "ok"}),
        (f"query {'Q' * 80} {{ __typename }}", {"operation": "Q" * 64, "outcome": "ok"}),
        ("{ nothing }", {"outcome": "rejected"}),
        ("{ viewer(otp: ", {"outcome": "rejected"}),
    ],
)
def test_a_request_is_one_line_with_its_operation_and_its_outcome(
    settings: dict[str, str], query: str, told: dict[str, str]
):
    with serving(**settings) as server:
        assert ask(server, query) == {**POSTED, **told}


def test_a_request_without_an_id_is_given_one_and_a_hostile_one_is_replaced(
    settings: dict[str, str],
):
    hostile = ["", "a b", 'x","level":"error', "ä", "i" * 129]
    with serving(**settings) as server:
        kept = server.http.get("/verify", headers={"x-request-id": "Az0._-" + "i" * 122})
        given = [server.http.get("/verify")]
        given += [
            server.http.get("/verify", headers=[(b"x-request-id", value.encode())])
            for value in hostile
        ]
        missing = server.http.get("/nothing?token=hunter2")
        wrong = server.http.put("/graphql")
        healthy = server.http.get("/healthz")
        line = line_of(server, missing.headers["x-request-id"])
        output = server.output()

    assert kept.headers["x-request-id"] == "Az0._-" + "i" * 122
    assert len({UUID(answer.headers["x-request-id"]) for answer in given}) == len(given)
    assert UUID(wrong.headers["x-request-id"])
    assert (line["path"], line["status"]) == ("/nothing", 404)
    assert "hunter2" not in output
    # Machines ask every few seconds.
    assert healthy.headers["x-request-id"] not in output


def test_a_bug_has_its_incident_and_its_request_on_one_line_and_no_values(
    settings: dict[str, str], database_url: str
):
    with serving(**settings) as server:
        server.register()
        # No outage: a value that no code of ours expects.
        rows(database_url, "UPDATE users SET created_at = 'soon'")
        login = (
            'mutation { login(input: {email: "ada@example.com", password: "secure_password"})'
            " { __typename ... on InternalError { incidentId } } }"
        )
        answer = server.http.post(
            "/graphql", json={"query": login}, headers={"x-request-id": "bug"}
        ).json()["data"]["login"]
        [error] = [line for line in lines(server) if line["level"] == "error"]
        request = line_of(server, "bug")

    assert answer["__typename"] == "InternalError"
    assert error["event"] == f"incident {answer['incidentId']}"
    assert (error["request_id"], error["logger"]) == ("bug", "connectx.graph")
    assert error["exception"].startswith("Traceback")
    assert request["outcome"] == "InternalError"


def test_uvicorn_and_every_other_library_write_in_the_same_format(settings: dict[str, str]):
    with serving(**settings) as server:
        server.stop()
        written = lines(server)

    assert {"timestamp", "level", "logger", "event"} <= set.intersection(*map(set, written))
    assert "uvicorn.error" in {line["logger"] for line in written}


def test_lines_can_be_fewer(settings: dict[str, str]):
    quiet = {"LOG_REQUESTS": "off", "LOG_LEVEL": "WARNING"}
    with serving(**settings, **quiet) as server:
        server.register()
        server.stop()
        output = server.output()

    assert "connectx is starting" in output
    assert "{" not in output


def test_debugging_shows_health_checks_as_well(settings: dict[str, str]):
    with serving(**settings, LOG_LEVEL="debug") as server:
        answer = server.http.get("/healthz")

        assert line_of(server, answer.headers["x-request-id"])["level"] == "debug"


def test_an_incident_on_a_terminal_shows_no_variables(settings: dict[str, str], database_url: str):
    with serving(**settings, LOG_FORMAT="console") as server:
        server.register()
        rows(database_url, "UPDATE users SET created_at = 'soon'")
        server.login()
        eventually(lambda: "Traceback" in server.output(), "the incident")
        output = server.output()

    assert re.search(
        r"\[info +\] request \[connectx\.requests\] request_id=\S+ method=POST path=/graphql "
        r"operation=Register mutation=register outcome=RegisterSuccess status=200 duration_ms=\d",
        output,
    )
    assert "secure_password" not in output
    assert "ada@example.com" not in output
    assert "\x1b" not in output


def test_a_terminal_gets_lines_for_people_in_colour(settings: dict[str, str]):
    ours, theirs = pty.openpty()
    try:
        with serving(stderr=theirs, **settings) as server:
            server.http.get("/verify")
            shown = b""
            while b"/verify" not in shown:
                shown += os.read(ours, 4096)
    finally:
        os.close(ours)
        os.close(theirs)

    assert b"\x1b[" in shown
    assert b"{" not in shown
