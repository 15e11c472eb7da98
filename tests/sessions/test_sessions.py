"""What a bearer token is good for, and until when."""

import hashlib
from pathlib import Path

import pytest
from harness.database import dump, rows
from harness.postbox import Postbox
from harness.service import Service, running

ADDRESS = "ada@example.com"
NOT_LOGGED_IN = {"__typename": "UnauthenticatedError", "message": "Not logged in."}
LOGGED_OUT = {"__typename": "LogoutSuccess", "message": "Logged out successfully."}


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
        "isProfileComplete": True,
        "profile": [],
        "missingProfileFields": [],
        "nextSteps": [],
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


def test_a_session_ends_after_14_days_without_use(verified: Service, token: str):
    verified.clock.advance(days=14, microseconds=-1)
    assert verified.viewer(token)["email"] == ADDRESS
    verified.clock.advance(days=14, microseconds=-1)
    assert verified.viewer(token)["email"] == ADDRESS

    verified.clock.advance(days=14)

    assert verified.viewer(token) is None
    assert verified.logout(token) == NOT_LOGGED_IN


def test_a_session_that_is_used_ends_after_30_days(verified: Service, token: str):
    for _ in range(3):
        verified.clock.advance(days=9)
        assert verified.viewer(token)["email"] == ADDRESS
    verified.clock.advance(days=3, microseconds=-1)
    assert verified.viewer(token)["email"] == ADDRESS

    verified.clock.advance(microseconds=1)

    assert verified.viewer(token) is None
    assert verified.logout(token) == NOT_LOGGED_IN


def test_a_policy_says_when_sessions_end(
    settings: dict[str, str], postbox: Postbox, tmp_path: Path
):
    policy = tmp_path / "short.toml"
    policy.write_text(
        'roles = ["customer"]\ndefaultRole = "customer"\nverificationMethods = ["OTP"]\n'
        "sessionDays = 2\nsessionIdleDays = 1\n"
    )
    with running(**settings, POLICY=str(policy)) as service:
        service.register()
        service.verify(postbox.code(ADDRESS))
        answer, idle = service.login(), service.login()["accessToken"]
        service.clock.advance(hours=23)
        assert service.viewer(answer["accessToken"])["email"] == ADDRESS
        service.clock.advance(hours=1)
        assert service.viewer(idle) is None
        assert service.viewer(answer["accessToken"])["email"] == ADDRESS
        service.clock.advance(hours=23)
        assert service.viewer(answer["accessToken"])["email"] == ADDRESS
        service.clock.advance(hours=1)

        assert answer["expiresAt"] == "2026-01-04T03:04:05.678901+00:00"
        assert service.viewer(answer["accessToken"]) is None


def test_the_use_of_a_session_is_stored_once_a_minute(
    verified: Service, token: str, database_url: str
):
    seen = []
    for seconds in (59, 1, 59, 1):
        verified.clock.advance(seconds=seconds)
        verified.viewer(token)
        seen.append(str(rows(database_url, "SELECT last_used_at FROM sessions")[0]["last_used_at"]))

    assert [when[:19] for when in seen] == [
        "None",
        "2026-01-02 03:05:05",
        "2026-01-02 03:05:05",
        "2026-01-02 03:06:05",
    ]


def test_a_session_of_release_0_1_ends_when_it_was_told_to(
    verified: Service, token: str, database_url: str
):
    rows(
        database_url, "UPDATE sessions SET ends_at = NULL, expires_at = '2026-02-01 03:04:05+00:00'"
    )
    for _ in range(3):
        verified.clock.advance(days=9)
        assert verified.viewer(token)["email"] == ADDRESS

    verified.clock.advance(days=3)

    assert verified.viewer(token) is None


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
