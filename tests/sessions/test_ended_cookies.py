"""The cookie of a session that ends, and that of the session that takes its place."""

import pytest
from harness.cookie_browser import ADA, ADDRESS, NOBODY, VIEWER, Browser
from harness.event_streams import EVENTS
from harness.paths import OPERATIONS
from harness.postbox import Postbox
from harness.service import Service

# The same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

CLEARED = "__Host-connectx=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax"


def test_logging_out_clears_the_cookie_and_only_if_its_session_ended_by_this(verified: Service):
    browser, late = Browser(verified), Browser(verified)
    browser.login()
    late.cookie = browser.cookie

    assert browser.run("logout") == (
        {"__typename": "LogoutSuccess", "message": "Logged out successfully."},
        CLEARED,
    )

    # Another tab may have logged in meanwhile: its cookie must stay.
    assert late.run("logout") == (
        {"__typename": "UnauthenticatedError", "message": "Not logged in."},
        None,
    )
    assert late.post(VIEWER).json() == NOBODY


def test_a_change_of_the_password_sets_another_cookie_and_tells_no_token(verified: Service):
    browser = Browser(verified)
    browser.login()
    old = browser.cookie
    given = {"currentPassword": "secure_password", "newPassword": "another_password"}

    stream = browser.post(
        {
            "query": (OPERATIONS / "change_password.graphql").read_text(),
            "variables": {"input": given},
        },
        **EVENTS,
    )
    answer, cookie = browser.run("change_password", **given)

    assert "With the session cookie, accept JSON for mutations." in stream.text
    assert answer.keys() == {"__typename", "message", "expiresAt"}
    assert answer["__typename"] == "CookiePasswordChanged"
    assert cookie.startswith("__Host-connectx=")
    assert browser.cookie != old
    assert browser.post(VIEWER).json() == ADA
    browser.cookie = old
    assert browser.post(VIEWER).json() == NOBODY


def test_whatever_ends_the_session_clears_its_cookie(verified: Service, postbox: Postbox):
    browser, other = Browser(verified), Browser(verified)
    for each in (browser, other):
        each.login()
    sessions = browser.run("viewer_sessions")[0]["sessions"]
    ids = {session["current"]: session["id"] for session in sessions}

    spared = browser.run("revoke_session", id=ids[False], password="secure_password")
    ended = browser.run("revoke_session", id=ids[True], password="secure_password")
    browser.login()
    verified.request_reset()
    given = {"email": ADDRESS, "otp": postbox.reset_code(ADDRESS, count=4)}
    reset = browser.run("reset_password", **given, newPassword="another_password")
    browser.login(password="another_password")
    closed = browser.run("request_account_deletion", password="another_password")

    told = [(answer["__typename"], cookie) for answer, cookie in (spared, ended, reset, closed)]
    assert told == [
        ("SessionRevoked", None),
        ("SessionRevoked", CLEARED),
        ("PasswordResetSuccess", CLEARED),
        ("AccountDeletionScheduled", CLEARED),
    ]
