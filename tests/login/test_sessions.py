"""What a bearer token is good for, and until when."""

import hashlib

import pytest
from harness.database import dump, rows
from harness.service import Service

ADDRESS = "ada@example.com"
NOT_LOGGED_IN = {"__typename": "UnauthenticatedError", "message": "Not logged in"}
LOGGED_OUT = {"__typename": "LogoutSuccess", "message": "Logged out successfully"}


@pytest.fixture
def token(verified: Service) -> str:
    return verified.login()["accessToken"]


def test_each_login_gives_a_token_of_its_own(verified: Service, token: str):
    other = verified.login()["accessToken"]

    assert other != token
    assert verified.viewer(other) == verified.viewer(token)


def test_the_viewer_is_whoever_the_token_belongs_to(verified: Service, token: str):
    viewer = verified.viewer(token)

    assert viewer.pop("id")
    assert viewer == {
        "name": "Ada Lovelace",
        "email": ADDRESS,
        "role": "customer",
        "isVerified": True,
        "isProfileComplete": False,
        "invitedBy": None,
        "tenant": None,
        "createdAt": "2026-01-02T03:04:05.678901+00:00",
        "updatedAt": "2026-01-02T03:04:05.678901+00:00",
    }


@pytest.mark.parametrize("bearer", [None, "nonsense", "x" * 10_000])
def test_without_a_token_of_ours_there_is_no_viewer(verified: Service, bearer: str | None):
    assert verified.viewer(bearer) is None
    assert verified.logout(bearer) == NOT_LOGGED_IN


def test_a_token_works_only_as_a_bearer_token(verified: Service, token: str):
    body = {"query": "{ viewer { email } }"}
    headers = [
        {"authorization": f"bearer {token}"},
        {"authorization": f"Basic {token}"},
        {"authorization": token},
        {"cookie": f"token={token}"},
    ]

    answers = [verified.http.post("/graphql", json=body, headers=header) for header in headers]

    assert [answer.json()["data"]["viewer"] for answer in answers] == [
        {"email": ADDRESS},
        None,
        None,
        None,
    ]


def test_a_session_ends_after_30_days(verified: Service, token: str):
    verified.clock.advance(days=30, microseconds=-1)
    before = verified.viewer(token)
    verified.clock.advance(microseconds=1)

    assert before["email"] == ADDRESS
    assert verified.viewer(token) is None
    assert verified.logout(token) == NOT_LOGGED_IN


def test_a_logout_ends_this_session_and_no_other(verified: Service, token: str):
    other = verified.login()["accessToken"]

    assert verified.logout(token) == LOGGED_OUT

    assert verified.viewer(token) is None
    assert verified.logout(token) == NOT_LOGGED_IN
    assert verified.viewer(other)["email"] == ADDRESS


def test_a_token_is_stored_only_as_its_sha_256(verified: Service, token: str, database_url: str):
    hashed = hashlib.sha256(token.encode()).hexdigest()

    assert rows(database_url, "SELECT token_hash FROM sessions") == [{"token_hash": hashed}]
    assert token not in dump(database_url)
