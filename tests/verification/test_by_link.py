"""Verifying an address with the link from its mail."""

from urllib.parse import urlsplit

import pytest
from harness.database import create_tenant
from harness.links import EXPIRED, INVALID
from harness.postbox import Postbox
from harness.service import Clock, Service, running

pytestmark = pytest.mark.settings(POLICY="church")

ADDRESS = "ada@example.com"


def test_the_link_verifies(service: Service, token: str):
    service.clock.advance(hours=1)

    answer = service.verify_by_link(token)

    assert answer["user"].pop("id")
    assert answer == {
        "__typename": "VerifyEmailSuccess",
        "message": "Email verified successfully.",
        "user": {
            "name": "Ada Lovelace",
            "email": ADDRESS,
            "role": "member",
            "isVerified": True,
            "isProfileComplete": False,
            "profile": [],
            "missingProfileFields": ["phone"],
            "nextSteps": ["COMPLETE_PROFILE"],
            "invitedBy": None,
            "tenant": None,
            "createdAt": "2026-01-02T03:04:05.678901+00:00",
            "updatedAt": "2026-01-02T04:04:05.678901+00:00",
        },
    }


def test_the_link_again_gives_the_same_answer(service: Service, token: str):
    first = service.verify_by_link(token)
    service.clock.advance(hours=1)

    assert service.verify_by_link(token) == first


def test_an_older_link_of_the_same_registration_works(
    service: Service, postbox: Postbox, token: str
):
    service.clock.advance(hours=1)
    service.resend()
    assert postbox.token(ADDRESS, count=2) != token

    assert service.verify_by_link(token)["__typename"] == "VerifyEmailSuccess"


def test_a_link_works_for_24_hours(service: Service, token: str):
    service.clock.advance(hours=24, microseconds=-1)

    assert service.verify_by_link(token)["__typename"] == "VerifyEmailSuccess"


def test_a_link_that_comes_late_has_expired(service: Service, token: str):
    service.clock.advance(hours=24)

    assert service.verify_by_link(token) == EXPIRED
    assert service.login()["__typename"] == "EmailNotVerifiedError"


def test_spaces_around_a_token_do_not_matter(service: Service, token: str):
    assert service.verify_by_link(f" {token}\n")["__typename"] == "VerifyEmailSuccess"


@pytest.mark.parametrize(
    ("changed", "start"),
    [
        ({}, "{url}/verify?tenant={tenant}#token="),
        (
            {"VERIFY_URL": "https://a.example/c?x=1"},
            "https://a.example/c?x=1&tenant={tenant}#token=",
        ),
        ({"VERIFY_URL": "https://a.example/#/c"}, "https://a.example/?tenant={tenant}#/c?token="),
        (
            {"VERIFY_URL": "https://a.example/?tenant=1"},
            "https://a.example/?tenant={tenant}#token=",
        ),
    ],
)
def test_the_link_of_a_tenant_names_it_in_its_query(
    settings: dict[str, str], database_url: str, postbox: Postbox, changed: dict[str, str], start
):
    tenant = create_tenant(database_url)
    with running(**settings, **changed) as service:
        service.register(role="member", tenant=tenant)
        link = postbox.link(ADDRESS)
        text = postbox.newest(ADDRESS).get_body(("plain",)).get_content()

    expected = start.format(url=service.url, tenant=tenant)
    assert link.startswith(expected)
    assert f"{service.url}/disown-registration?tenant={tenant}#token=" in text


def test_a_client_that_follows_too_many_links_has_to_wait(settings: dict[str, str], clock: Clock):
    with running(clock, **{**settings, "LIMIT_VERIFY_CLIENT": "1/minute"}) as service:
        first = service.verify_by_link("x" * 64)
        second = service.verify_by_link("x" * 64)

    assert first == INVALID
    assert second == {
        "__typename": "RateLimitedError",
        "message": "Too many requests. Please try again later.",
        "retryAfterSeconds": 60,
    }


@pytest.mark.parametrize(
    ("changed", "start"),
    [
        ({"PUBLIC_URL": "https://id.example.com/"}, "https://id.example.com/verify#token="),
        ({"VERIFY_URL": "https://app.example.com/c/"}, "https://app.example.com/c#token="),
        ({"VERIFY_URL": "https://app.example.com/#/c"}, "https://app.example.com/#/c?token="),
        ({"VERIFY_URL": "https://app.example.com/#/"}, "https://app.example.com/#/?token="),
        ({"VERIFY_URL": "https://app.example.com/c#"}, "https://app.example.com/c#token="),
    ],
    ids=str,
)
def test_the_link_comes_from_the_settings_with_its_token_in_the_fragment(
    settings: dict[str, str], postbox: Postbox, changed: dict[str, str], start: str
):
    with running(**settings, **changed) as service:
        service.http.headers["host"] = "evil.example"
        service.register(role="member")
        link = postbox.link(ADDRESS)
        token = link.removeprefix(start)

        answer = service.verify_by_link(token)

    assert link.startswith(start)
    assert token in urlsplit(link).fragment
    assert answer["__typename"] == "VerifyEmailSuccess"
