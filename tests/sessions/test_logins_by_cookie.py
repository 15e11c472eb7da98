"""A login from a page sets a cookie that is the session."""

import re

import pytest
from harness.cookie_browser import ADA, ADDRESS, CREDENTIALS, VIEWER, Browser
from harness.database import dump
from harness.event_streams import EVENTS
from harness.hourly_sweep import dump_after_start
from harness.paths import OPERATIONS
from harness.postbox import Postbox
from harness.service import Service

# The same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

EVIL = "https://evil.example"


def test_a_login_sets_a_cookie_that_is_the_session_and_a_page_never_sees_the_token(
    verified: Service,
):
    browser = Browser(verified)

    answer, cookie = browser.login()

    value = r"__Host-connectx=[\w-]{43}; Max-Age=(\d+); Path=/; Secure; HttpOnly; SameSite=Lax"
    age = re.fullmatch(value, cookie)
    assert age is not None
    assert int(age[1]) == 30 * 24 * 3600
    assert answer.keys() == {"__typename", "expiresAt", "user"}
    assert answer["__typename"] == "CookieLoginSuccess"
    assert answer["user"]["email"] == ADDRESS
    asked = browser.post(VIEWER)
    assert asked.json() == ADA
    assert "set-cookie" not in asked.headers


def test_another_login_in_the_same_browser_takes_the_place_of_its_session(verified: Service):
    browser, elsewhere = Browser(verified), Browser(verified)
    elsewhere.login()
    browser.login()
    first = browser.cookie

    browser.login()

    assert browser.cookie != first
    assert browser.post(VIEWER).json() == ADA
    assert elsewhere.post(VIEWER).json() == ADA
    assert len(browser.run("viewer_sessions")[0]["sessions"]) == 2


def test_the_continuation_of_a_registration_logs_in_by_cookie(service: Service, postbox: Postbox):
    continuation = service.register()["continuation"]
    service.verify(postbox.code(ADDRESS))
    given = {"continuation": continuation, "transport": "COOKIE"}
    browser = Browser(service)

    without = service.run("continue_login", input=given)
    answer, _ = browser.run("continue_login", **given)

    assert without["__typename"] == "InvalidInputError"
    assert answer["__typename"] == "CookieLoginSuccess"
    assert browser.post(VIEWER).json() == ADA


def test_a_login_by_cookie_is_refused_before_the_password_where_no_cookie_can_be_set(
    verified: Service, database_url: str
):
    query = {
        "query": (OPERATIONS / "login.graphql").read_text(),
        "variables": {"input": {**CREDENTIALS, "password": "wrong_password"}},
    }
    before = dump_after_start(database_url)

    answers = [
        verified.http.post("/graphql", json=query, headers=headers)
        for headers in (
            {},
            {"origin": EVIL},
            {"origin": "http://shop.example", "host": "shop.example"},
            {"origin": verified.url, **EVENTS},
        )
    ]

    for answer in answers:
        assert "set-cookie" not in answer.headers
        assert "TransportNotAllowedError" in answer.text
    login = answers[0].json()["data"]["login"]
    assert login["__typename"] == "InvalidInputError"
    [error] = login["errors"]
    assert error["field"] == "transport"
    assert dump(database_url) == before
