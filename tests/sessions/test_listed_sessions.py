"""What a person sees of their sessions, and how they end them."""

from typing import Any

import pytest
from harness.audit_rows import actions
from harness.postbox import Postbox
from harness.service import Service
from harness.user_agents import FIREFOX, login_from

ADDRESS = "ada@example.com"


def revoke(service: Service, token: str | None, **given: Any) -> Any:
    given = {"password": "secure_password", **given}
    return service.run("revoke_session", token=token, input=given)


def revoke_others(service: Service, token: str | None, password: str = "secure_password") -> Any:
    return service.run("revoke_other_sessions", token=token, input={"password": password})


@pytest.fixture
def two(verified: Service) -> tuple[str, str]:
    """The tokens of an older session from Firefox and of a newer one from an unknown client."""
    older = login_from(verified, FIREFOX)
    verified.clock.advance(minutes=5)
    return older, login_from(verified, "nothing that anybody knows")


def test_each_session_is_listed_with_its_client_and_its_times(
    verified: Service, two: tuple[str, str]
):
    older, newer = two
    verified.clock.advance(minutes=5)

    listed = verified.sessions(older)

    assert [session.pop("id") for session in listed] == [
        session["id"] for session in verified.sessions(newer)
    ]
    assert listed == [
        {
            "createdAt": "2026-01-02T03:09:05.678901+00:00",
            "lastUsedAt": "2026-01-02T03:09:05.678901+00:00",
            "expiresAt": "2026-01-16T03:09:05.678901+00:00",
            "client": None,
            "current": False,
        },
        {
            "createdAt": "2026-01-02T03:04:05.678901+00:00",
            "lastUsedAt": "2026-01-02T03:14:05.678901+00:00",
            "expiresAt": "2026-01-16T03:14:05.678901+00:00",
            "client": "Firefox on Linux",
            "current": True,
        },
    ]


def test_nobody_sees_sessions_without_a_token(verified: Service, two: tuple[str, str]):
    assert verified.sessions(None) is None
    assert verified.sessions("x") is None


def test_a_session_is_ended_by_its_id_and_the_person_is_told(
    verified: Service, two: tuple[str, str], postbox: Postbox, database_url: str
):
    older, newer = two
    [wanted] = [each["id"] for each in verified.sessions(newer) if not each["current"]]

    assert revoke(verified, newer, id=wanted)["__typename"] == "SessionRevoked"

    assert verified.viewer(older) is None
    assert verified.viewer(newer)["email"] == ADDRESS
    assert revoke(verified, newer, id=wanted)["__typename"] == "SessionNotFoundError"
    assert postbox.newest(ADDRESS, count=2)["subject"] == "You were logged out (ConnectX)"
    assert actions(database_url)[-1] == "session_ended"


def test_a_session_that_nobody_has_is_not_found(verified: Service, two: tuple[str, str]):
    nobodys = "01a201b9-5435-76e5-b376-a31db06cb281"

    assert revoke(verified, two[0], id=nobodys)["__typename"] == "SessionNotFoundError"
    assert len(verified.sessions(two[0])) == 2


def test_what_cannot_be_the_id_of_a_session_is_rejected_beside_the_password(
    verified: Service, two: tuple[str, str]
):
    answer = revoke(verified, two[0], id="x", password="")

    assert answer == {
        "__typename": "InvalidInputError",
        "message": "Some fields need your attention.",
        "errors": [
            {
                "__typename": "InvalidIdFormatError",
                "field": "id",
                "message": "This is not the id of a session.",
            },
            {
                "__typename": "PasswordRequiredError",
                "field": "password",
                "message": "Password is required.",
            },
        ],
    }
    assert len(verified.sessions(two[0])) == 2


def test_nobody_ends_the_session_of_somebody_else(
    verified: Service, two: tuple[str, str], postbox: Postbox
):
    verified.register(email="eve@example.com")
    verified.verify(postbox.code("eve@example.com"), "eve@example.com")
    eve = verified.login("eve@example.com")["accessToken"]
    theirs = verified.sessions(two[0])[0]["id"]

    assert revoke(verified, eve, id=theirs)["__typename"] == "SessionNotFoundError"
    assert len(verified.sessions(two[0])) == 2


def test_all_other_sessions_end_at_once(verified: Service, two: tuple[str, str]):
    older, newer = two

    answer = revoke_others(verified, newer)

    assert answer == {
        "__typename": "OtherSessionsRevoked",
        "message": "You are logged out everywhere else.",
        "endedSessions": 1,
    }
    assert verified.viewer(older) is None
    assert len(verified.sessions(newer)) == 1


def test_without_another_session_nobody_is_mailed(verified: Service, postbox: Postbox):
    token = verified.login()["accessToken"]

    assert revoke_others(verified, token)["endedSessions"] == 0

    verified.request_reset()
    postbox.reset_code(ADDRESS, count=2)


def test_a_thief_of_a_session_ends_none_without_the_password(
    verified: Service, two: tuple[str, str], database_url: str
):
    session = verified.sessions(two[0])[0]["id"]

    assert revoke(verified, two[0], id=session, password="x")["__typename"] == "WrongPasswordError"
    assert revoke_others(verified, two[0], "x")["__typename"] == "WrongPasswordError"
    assert revoke_others(verified, "x")["__typename"] == "UnauthenticatedError"
    assert revoke(verified, None, id=session)["__typename"] == "UnauthenticatedError"
    assert len(verified.sessions(two[0])) == 2
    assert actions(database_url)[-2:] == ["login_failed", "login_failed"]


def test_wrong_passwords_of_a_session_are_limited_as_those_of_logins_are(
    verified: Service, two: tuple[str, str]
):
    answers = [revoke_others(verified, two[0], "x")["__typename"] for _ in range(9)]

    assert answers == ["WrongPasswordError"] * 8 + ["RateLimitedError"]
    assert verified.login()["__typename"] == "RateLimitedError"
