"""People whom a suite of tests stores by `/test/seed`. One process serves the whole file."""

from codecs import BOM_UTF8

import pytest
from harness.controlled_server import PERSON, ControlledServer, lines
from harness.mailbox import ADA, GRACE


def test_seed_stores_people_who_log_in_with_their_passwords(
    server: ControlledServer,
):
    tenant = server.done("tenants", {"name": "Grace Church", "policy": "church"})["id"]
    without_password = {
        "email": ADA,
        "name": "Ada Lovelace",
        "verified": True,
        "created": "2019-05-04T12:30:00Z",
        "passwordHash": "!",
        "tenant": tenant,
        "role": "member",
    }

    assert server.done("seed", lines(PERSON, without_password)) == {"added": 2, "alreadyThere": 0}
    assert server.done("seed", lines(PERSON)) == {"added": 0, "alreadyThere": 1}

    logged_in = server.login(GRACE)
    assert logged_in["user"]["isVerified"]
    assert server.login(ADA)["__typename"] == "InvalidCredentialsError"
    assert server.policy(tenant)["roles"] == ["pastor", "member"]


def test_a_seed_may_begin_with_a_byte_order_mark(server: ControlledServer):
    assert server.done("seed", BOM_UTF8 + lines(PERSON))["added"] == 1


def test_a_seed_with_a_wrong_line_stores_nothing_and_says_what_is_wrong(server: ControlledServer):
    answer = server.control("seed", lines(PERSON, {**PERSON, "email": "ada", "rolle": "x"}))

    assert answer.status_code == 400
    [bad] = answer.json()["bad"]
    assert bad["line"] == 2
    assert {problem["field"] for problem in bad["problems"]} == {"email", "rolle"}
    assert server.login(GRACE)["__typename"] == "InvalidCredentialsError"


@pytest.mark.parametrize("password", [5, None, "secure_password"])
def test_a_password_of_a_seed_is_text_and_stands_without_a_hash(
    server: ControlledServer, password: object
):
    hashed = {"passwordHash": "x"} if isinstance(password, str) else {}

    answer = server.control("seed", lines({**PERSON, "password": password, **hashed}))

    assert answer.status_code == 400
    told = {each["field"]: each["message"] for each in answer.json()["bad"][0]["problems"]}
    assert told["password"] == "must be text, and stand in a line without passwordHash"


@pytest.mark.parametrize("depth", [200, 300, 20_000])
def test_a_seed_that_nests_however_deep_is_a_wrong_line(server: ControlledServer, depth: int):
    nested = b'{"email": ' + b"[" * depth + b"]" * depth + b"}"

    answer = server.control("seed", nested)

    assert answer.status_code == 400
    assert [bad["line"] for bad in answer.json()["bad"]] == [1]
