from uuid import UUID

import pytest
from harness.database import create_tenant, rows
from harness.postbox import Postbox
from harness.service import Clock, Service, running

SENT_A_CODE = "Registration successful. A verification code has been sent to your email address."
SENT_A_LINK = "Registration successful. A verification link has been sent to your email address."
EXISTS = {"__typename": "EmailAlreadyExistsError", "message": "Email already exists."}


def test_a_registration_stores_an_unverified_user_and_mails_a_code(
    service: Service, postbox: Postbox
):
    answer = service.register(invitedBy="Grace@Example.COM", role="Customer")

    user, verification = answer.pop("user"), answer.pop("verification")
    assert len(answer.pop("continuation")) == 64
    assert answer == {
        "__typename": "RegisterSuccess",
        "message": SENT_A_CODE,
        "didYouMean": None,
    }
    assert verification.pop("id")
    assert verification == {
        "methods": ["OTP"],
        "expiresAt": "2026-01-02T03:14:05.678901+00:00",
        "resendAvailableAt": "2026-01-02T03:05:05.678901+00:00",
    }
    assert user.pop("id")[14] == "7", "a UUIDv7"
    assert user == {
        "name": "Ada Lovelace",
        "email": "ada@example.com",
        "role": "customer",
        "isVerified": False,
        "isProfileComplete": True,
        "profile": [],
        "missingProfileFields": [],
        "nextSteps": ["VERIFY_EMAIL"],
        "invitedBy": "grace@example.com",
        "tenant": None,
        "createdAt": "2026-01-02T03:04:05.678901+00:00",
        "updatedAt": "2026-01-02T03:04:05.678901+00:00",
    }
    assert len(postbox.code("ada@example.com")) == 6


def test_a_taken_email_is_reported_and_sends_no_second_letter(service: Service, postbox: Postbox):
    service.register(email="ada@example.com")

    answer = service.register(email=" ADA@Example.com ")

    assert answer == EXISTS
    service.register(email="grace@example.com")
    postbox.newest("grace@example.com")
    assert len(postbox.sent_to("ada@example.com")) == 1


def test_a_taken_email_leaves_nothing_behind(service: Service, database_url: str):
    service.register()

    assert service.register(name="Eve") == EXISTS

    assert rows(database_url, "SELECT name FROM users") == [{"name": "Ada Lovelace"}]
    assert rows(database_url, "SELECT count(*) AS n FROM email_verifications") == [{"n": 1}]
    assert rows(database_url, "SELECT count(*) AS n FROM outgoing_mails") == [{"n": 1}]


def test_an_address_is_taken_across_all_tenants(service: Service, database_url: str):
    service.register()

    answer = service.register(tenant=create_tenant(database_url), role="member")

    assert answer == EXISTS


def test_ids_are_version_7_and_differ(service: Service):
    ada = service.register()
    grace = service.register(email="grace@example.com")

    ids = [UUID(answer[part]["id"]) for answer in (ada, grace) for part in ("user", "verification")]
    assert {id_.version for id_ in ids} == {7}
    assert len(set(ids)) == 4


@pytest.mark.parametrize("role", [None, "customer", "CUSTOMER", "  Customer "])
def test_a_role_is_compared_in_any_case_and_stored_in_lower_case(
    service: Service, database_url: str, role: str | None
):
    assert service.register(role=role)["user"]["role"] == "customer"

    assert rows(database_url, "SELECT role FROM users") == [{"role": "customer"}]


def test_a_name_is_trimmed(service: Service):
    assert service.register(name="  Ada  Lovelace\n")["user"]["name"] == "Ada  Lovelace"


def test_one_international_domain_is_one_address_in_either_spelling(
    service: Service, postbox: Postbox
):
    answer = service.register(email="Ada@BÜCHER.example")

    assert answer["user"]["email"] == "ada@xn--bcher-kva.example"
    assert service.register(email="ada@xn--bcher-kva.example") == EXISTS
    assert service.register(email="ada@bücher.example") == EXISTS
    assert postbox.code("ada@xn--bcher-kva.example")


def test_an_inviter_who_is_unknown_is_kept_like_one_who_is_known(service: Service):
    service.register(email="grace@example.com")

    known = service.register(invitedBy="grace@example.com")
    unknown = service.register(email="bob@example.com", invitedBy="nobody@example.com")

    assert known["user"]["invitedBy"] == "grace@example.com"
    assert unknown["user"]["invitedBy"] == "nobody@example.com"


def test_a_client_that_registers_too_often_is_told_how_long_to_wait(
    settings: dict[str, str], clock: Clock
):
    with running(clock, **settings, LIMIT_REGISTER_CLIENT="2/hour") as service:
        service.register(email="one@example.com")
        service.register(email="two@example.com")
        clock.advance(minutes=20)

        answer = service.register(email="three@example.com")

        clock.advance(minutes=40)
        later = service.register(email="three@example.com")

    assert answer == {
        "__typename": "RateLimitedError",
        "message": "Too many requests. Please try again later.",
        "retryAfterSeconds": 2400,
    }
    assert later["__typename"] == "RegisterSuccess"


def test_a_link_policy_says_that_a_link_was_sent(settings: dict[str, str], clock: Clock):
    with running(clock, **settings, POLICY="church") as service:
        answer = service.register(role="Pastor", name=None)

    assert answer["message"] == SENT_A_LINK
    assert answer["user"]["role"] == "pastor"
    assert answer["user"]["name"] is None
    assert answer["verification"]["methods"] == ["LINK"]
    assert answer["verification"]["expiresAt"] == "2026-01-03T03:04:05.678901+00:00"
