"""The control API of `connectx test-server`. One process serves all tests of this file."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from harness.controlled_server import PERSON, ControlledServer, lines
from harness.mailbox import ADA, GRACE, Mailbox


def test_reset_removes_users_mails_limits_chosen_answers_and_puts_the_clock_back(
    server: ControlledServer,
):
    server.register()
    box = Mailbox(server)
    box.newest(ADA)
    assert server.resend()["__typename"] == "RateLimitedError"
    server.done("fail", {"mutation": "login", "answer": {"__typename": "InternalError"}})
    ahead = server.done("advance", {"seconds": 3600})["now"]

    begun = time.monotonic()
    now = server.done("reset")["now"]
    took = time.monotonic() - begun

    assert took < 1  # a few milliseconds, where nothing else runs
    assert now < ahead
    assert box.mails(ADA) == []
    assert server.login()["__typename"] == "InvalidCredentialsError"
    assert server.register()["__typename"] == "RegisterSuccess"


def test_a_body_of_more_than_a_mebibyte_is_refused_and_is_no_error_of_the_server(tmp_path: Path):
    log = tmp_path / "log"
    with log.open("wb") as errors, ControlledServer(errors=errors.fileno()) as server, server.http:
        for name in ("seed", "advance", "fail", "tenants"):
            assert server.control(name, b" " * (3 << 20)).status_code == 413
        assert server.done("reset")

    assert log.read_text() == ""


def test_a_tenant_takes_a_policy_as_json_and_its_mistakes_are_told(server: ControlledServer):
    policy = {"roles": ["driver"], "defaultRole": "driver", "verificationMethods": ["LINK"]}
    tenant = server.done("tenants", {"name": "Cabs", "policy": policy})["id"]

    registered = server.register(tenant=tenant)

    assert registered["user"]["tenant"]["name"] == "Cabs"
    assert registered["verification"]["methods"] == ["LINK"]
    wrong = server.refused("tenants", {"name": "Cabs", "policy": {**policy, "rolls": 1}})
    assert wrong == "rolls: there is no such key; did you mean roles?"
    for source in ("none", "x" * 5000):
        assert "neither a preset" in server.refused("tenants", {"name": "Cabs", "policy": source})
    assert server.refused("tenants", {"name": "", "policy": "church"}) == "Name is required."
    missing = "`name` and `policy` missing: a tenant has both."
    assert server.refused("tenants", {}) == missing


@pytest.mark.parametrize("name", ["advance", "fail", "reset", "tenants"])
def test_a_misspelt_key_is_refused_and_changes_nothing(server: ControlledServer, name: str):
    server.done("seed", lines(PERSON))
    before = server.now()
    given = {"seconds": 3600, "sekonds": 1} if name == "advance" else {"sekonds": 1}

    assert server.refused(name, given).startswith("There is no key `sekonds`. ")

    assert server.now() - before < timedelta(hours=1)
    assert server.login(GRACE)["__typename"] == "LoginSuccess"


def test_mails_are_where_the_server_says(server: ControlledServer):
    server.register()
    Mailbox(server).newest(ADA)

    answer = server.http.get(f"{server.places['mails']}/message/latest?query=to:{ADA}")

    assert server.verify(answer.json()["code"])["__typename"] == "VerifyEmailSuccess"


def test_a_suite_may_register_more_people_than_a_client_may_elsewhere(server: ControlledServer):
    answers = [server.register(email=f"person-{n}@example.com") for n in range(20)]

    assert {answer["__typename"] for answer in answers} == {"RegisterSuccess"}


def test_pages_of_this_machine_may_use_the_controls_and_other_pages_may_not(
    server: ControlledServer,
):
    server.register()
    url = f"{server.places['control']}/reset"

    foreign = server.http.post(url, headers={"origin": "https://evil.example"})
    still_there = server.register()["__typename"]
    local = server.http.post(url, headers={"origin": "http://localhost:5173"})

    assert foreign.status_code == 403
    assert still_there == "EmailAlreadyExistsError"
    assert local.status_code == 200
    assert local.headers["access-control-allow-origin"] == "http://localhost:5173"


def test_a_body_that_is_no_object_is_refused(server: ControlledServer):
    for name in ("advance", "fail", "tenants"):
        assert server.refused(name, b"{") == "The body has to be a JSON object."
        assert server.refused(name, [1]) == "The body has to be a JSON object."


def test_a_suite_may_send_any_number_of_new_and_of_wrong_documents(server: ControlledServer):
    for number in range(450):  # `serve` refuses a client after 400
        assert server.execute(f"{{ wrong{number} }}")["errors"]

    assert server.execute("{ new: __typename }") == {"data": {"new": "Query"}}


def test_a_suite_may_log_the_same_person_in_any_number_of_times(server: ControlledServer):
    server.done("seed", lines(PERSON))

    answers = {server.login(GRACE)["__typename"] for _ in range(12)}  # `serve` allows ten

    assert answers == {"LoginSuccess"}
