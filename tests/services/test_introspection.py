"""Other services ask whether a token is valid, with a key of their own (RFC 7662)."""

from typing import Any

import httpx
import pytest
from harness.audit_rows import actions
from harness.database import rows
from harness.operator_commands import Run
from harness.processes import connectx
from harness.service import Service

KEY = "SELECT last_used_at FROM service_keys"


def new_key(settings: dict[str, str], name: str, *more: str) -> str:
    arguments = ("service-keys", "create", name, "--scope", "introspect", *more)
    created = connectx(*arguments, **settings)
    assert (created.returncode, created.stderr) == (0, "")
    return created.stdout.strip()


def ask(service: Service, token: str | None, key: str | None, **more: Any) -> httpx.Response:
    headers = {"authorization": f"Bearer {key}"} if key else {}
    form = {} if token is None else {"token": token}
    return service.http.post("/introspect", **{"data": form, "headers": headers, **more})


def test_the_token_of_a_session_is_active_until_the_session_ends(
    verified: Service, service_key: str, database_url: str
):
    login = verified.login()
    token = login["accessToken"]
    [session] = verified.sessions(token)

    answer = ask(verified, token, service_key)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "active": True,
        "iss": verified.url,
        "sub": login["user"]["id"],
        "sid": session["id"],
        "exp": 1768532645,  # the 16th of January 2026: 14 days without use
        "token_type": "Bearer",
        "role": "customer",
        "tenant": None,
        "email_verified": True,
    }
    verified.logout(token)
    assert ask(verified, token, service_key).json() == {"active": False}
    assert rows(database_url, KEY)[0]["last_used_at"] is not None


def test_a_disabled_user_has_no_active_token(verified: Service, service_key: str, connect: Run):
    token = verified.login()["accessToken"]
    connect("users", "disable", "ada@example.com")

    assert ask(verified, token, service_key).json() == {"active": False}


def test_an_answer_counts_as_a_use_of_the_session(verified: Service, service_key: str):
    token = verified.login()["accessToken"]
    verified.clock.advance(days=13)
    ask(verified, token, service_key)
    verified.clock.advance(days=13)

    assert ask(verified, token, service_key).json()["active"] is True


@pytest.mark.parametrize("wrong", [None, "", "cxk_" + "x" * 43, "x"])
def test_nobody_is_answered_without_a_key(verified: Service, service_key: str, wrong: str | None):
    token = verified.login()["accessToken"]

    answer = ask(verified, token, wrong)

    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_token"})
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'


def test_the_token_of_a_person_is_no_key(verified: Service, service_key: str):
    token = verified.login()["accessToken"]

    assert ask(verified, token, token).status_code == 401


def test_a_key_ends_with_its_time_and_when_it_is_revoked(
    verified: Service, service_key: str, settings: dict[str, str], connect: Run, database_url: str
):
    short = new_key(settings, "short", "--expires", "1d")
    listed = connect("service-keys", "list")
    assert [(each["name"], each["expired"]) for each in listed] == [
        ("orders", False),
        ("short", False),
    ]
    assert service_key not in str(listed)
    token = verified.login()["accessToken"]
    assert ask(verified, token, short).status_code == 200

    connect("service-keys", "revoke", "orders")
    rows(database_url, "UPDATE service_keys SET expires_at = '2026-01-02 03:04:05+00:00'")

    assert ask(verified, token, service_key).status_code == 401
    assert ask(verified, token, short).status_code == 401
    assert [each["expired"] for each in connect("service-keys", "list")] == [True]
    entries = [action for action in actions(database_url) if action.startswith("service_key")]
    assert entries == ["service_key_created", "service_key_revoked"]


def test_a_key_without_the_scope_is_told_which_one_it_needs(
    verified: Service, service_key: str, database_url: str
):
    rows(database_url, "UPDATE service_keys SET scopes = '[]'")

    answer = ask(verified, "x", service_key)

    assert (answer.status_code, answer.json()) == (403, {"error": "insufficient_scope"})
    challenge = answer.headers["www-authenticate"]
    assert challenge == 'Bearer error="insufficient_scope", scope="introspect"'


@pytest.mark.parametrize(
    "more",
    [
        {"data": {}},
        {"data": {"token": ["a", "b"]}},
        {"data": {"token": "x" * 10_000}},
        {"data": None, "json": {"token": "x"}},
        {"data": None, "content": b"token=\xff", "headers": {"content-type": "text/plain"}},
    ],
)
def test_what_is_no_form_with_one_token_is_a_bad_request(
    verified: Service, service_key: str, more: dict[str, Any]
):
    headers = {"authorization": f"Bearer {service_key}", **more.pop("headers", {})}
    answer = verified.http.post("/introspect", headers=headers, **more)

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


def test_an_outage_is_told_with_the_time_to_wait(
    verified: Service, service_key: str, database_url: str
):
    token = verified.login()["accessToken"]
    rows(database_url, "ALTER TABLE service_keys RENAME TO away")
    away = ask(verified, token, service_key)
    rows(database_url, "ALTER TABLE away RENAME TO service_keys")

    assert (away.status_code, away.json()) == (503, {"error": "temporarily_unavailable"})
    assert away.headers["retry-after"] == "2"
    assert ask(verified, token, service_key).json()["active"] is True


def test_text_that_is_no_token_is_inactive(verified: Service, service_key: str):
    for text in ("x", "ü", "\0", "'; DROP TABLE sessions", "%00"):
        assert ask(verified, text, service_key).json() == {"active": False}


def test_the_commands_refuse_what_is_no_key(settings: dict[str, str], service_key: str):
    def refusal(*arguments: str) -> tuple[int, str]:
        told = connectx("service-keys", *arguments, **settings)
        return told.returncode, " ".join(told.stderr.replace("│", " ").split())

    code, message = refusal("create", "orders", "--scope", "introspect")
    assert (code, "There is a key orders already." in message) == (1, True)
    for arguments, wanted in (
        (("create", "x", "--scope", "everything"), "takes some of introspect, entities:read, with"),
        (("create", "x", "--scope", "introspect", "--expires", "0d"), "from 1d to 366d"),
        (("create", " ", "--scope", "introspect"), "Name is required."),
    ):
        code, message = refusal(*arguments)
        assert (code, wanted in message) == (2, True), message
    assert refusal("revoke", "nobody")[0] == 1
