"""An address is held while a code or link runs, and taken once it is verified."""

from collections import Counter

from harness.database import create_tenant, rows
from harness.inbox import Postbox
from harness.parallel_requests import at_once
from harness.processes import connectx
from harness.service import Clock, Service, running

EXISTS = {"__typename": "EmailAlreadyExistsError", "message": "Email already exists."}
INVALID_OTP = {"__typename": "InvalidOtpError", "message": "Invalid OTP.", "attemptsRemaining": 4}
ADDRESS = "ada@example.com"


def registrations(count: int) -> list[dict[str, object]]:
    return [
        {"name": f"Ada {number}", "email": ADDRESS, "password": f"secure_password{number}"}
        for number in range(count)
    ]


def test_an_address_is_held_until_its_code_expires(service: Service):
    service.register()
    service.clock.advance(minutes=10, microseconds=-1)
    assert service.register() == EXISTS

    service.clock.advance(microseconds=1)

    assert service.register()["__typename"] == "RegisterSuccess"


def test_a_resend_holds_the_address_for_the_new_codes_time(service: Service):
    service.register()
    service.clock.advance(minutes=9)
    service.resend()
    service.clock.advance(minutes=9, seconds=59)
    assert service.register() == EXISTS

    service.clock.advance(seconds=1)

    assert service.register()["__typename"] == "RegisterSuccess"


def test_a_verified_address_is_taken_for_ever(service: Service, postbox: Postbox):
    service.register()
    service.verify(postbox.code(ADDRESS))
    service.clock.advance(days=1000)

    assert service.register() == EXISTS


def test_a_link_holds_the_address_for_its_24_hours(settings: dict[str, str], clock: Clock):
    with running(clock, **settings, POLICY="church") as service:
        service.register(role="member")
        clock.advance(hours=24, microseconds=-1)
        held = service.register(role="member")
        clock.advance(microseconds=1)
        replaced = service.register(role="pastor")

    assert held == EXISTS
    assert replaced["user"]["role"] == "pastor"


def test_a_resend_under_a_shorter_policy_leaves_the_address_to_who_holds_it(
    service: Service, settings: dict[str, str], database_url: str
):
    tenant = create_tenant(database_url)
    service.register(tenant=tenant, role="member")
    connectx("tenants", "set-policy", tenant, "--policy", "customer", **settings)
    service.clock.advance(minutes=1)
    service.resend()

    service.clock.advance(hours=23)

    assert service.register(tenant=tenant) == EXISTS


def test_a_replacement_has_nothing_of_the_account_before_it(
    service: Service, postbox: Postbox, database_url: str
):
    squatter = service.register(name="Eve", password="squatter_password", invitedBy="eve@evil.com")
    postbox.newest(ADDRESS)
    service.clock.advance(minutes=10)
    tenant = create_tenant(database_url)

    owner = service.register(name="Ada Lovelace", tenant=tenant, role="pastor")["user"]

    service.verify_by_link(postbox.token(ADDRESS, count=2))
    assert owner.pop("id") != squatter["user"]["id"]
    assert owner == {
        "name": "Ada Lovelace",
        "email": ADDRESS,
        "role": "pastor",
        "isVerified": False,
        "isProfileComplete": False,
        "profile": [],
        "missingProfileFields": ["phone"],
        "nextSteps": ["VERIFY_EMAIL", "COMPLETE_PROFILE"],
        "invitedBy": None,
        "tenant": {"id": tenant, "name": "Grace Church", "displayName": "Grace Church"},
        "createdAt": "2026-01-02T03:14:05.678901+00:00",
        "updatedAt": "2026-01-02T03:14:05.678901+00:00",
    }
    assert service.login(password="squatter_password")["__typename"] == "InvalidCredentialsError"
    assert service.login(password="secure_password")["__typename"] == "LoginSuccess"
    assert rows(database_url, "SELECT name FROM users") == [{"name": "Ada Lovelace"}]


def test_an_older_code_does_not_verify_the_replacement(service: Service, postbox: Postbox):
    service.register()
    older = postbox.code(ADDRESS)
    service.clock.advance(minutes=10)
    service.register()
    newer = postbox.code(ADDRESS, count=2)

    assert service.verify(older) == INVALID_OTP
    assert service.verify(newer)["user"]["isVerified"] is True


def test_an_older_link_does_not_verify_the_replacement(settings: dict[str, str], postbox: Postbox):
    with running(**settings, POLICY="church") as service:
        service.register(role="member")
        older = postbox.token(ADDRESS)
        service.clock.advance(hours=24)
        service.register(role="member")
        newer = postbox.token(ADDRESS, count=2)

        refused = service.verify_by_link(older)
        verified = service.verify_by_link(newer)

    assert refused == {
        "__typename": "ExpiredLinkError",
        "message": "Verification link has expired.",
    }
    assert verified["user"]["isVerified"] is True


def test_sixteen_parallel_registrations_of_one_address_give_one_user(
    service: Service, postbox: Postbox, database_url: str
):
    answers = at_once(service, "register", registrations(16))

    assert Counter(answer["__typename"] for answer in answers) == {
        "RegisterSuccess": 1,
        "EmailAlreadyExistsError": 15,
    }
    [winner] = [answer["user"] for answer in answers if answer["__typename"] == "RegisterSuccess"]
    assert rows(database_url, "SELECT name FROM users") == [{"name": winner["name"]}]
    assert service.verify(postbox.code(ADDRESS))["user"]["id"] == winner["id"]
    assert len(postbox.sent_to(ADDRESS)) == 1


def test_sixteen_parallel_replacements_of_one_account_give_one_user(
    service: Service, postbox: Postbox, database_url: str
):
    service.register(name="Eve")
    postbox.newest(ADDRESS)
    service.clock.advance(minutes=10)

    answers = at_once(service, "register", registrations(16))

    assert Counter(answer["__typename"] for answer in answers) == {
        "RegisterSuccess": 1,
        "EmailAlreadyExistsError": 15,
    }
    [winner] = [answer["user"] for answer in answers if answer["__typename"] == "RegisterSuccess"]
    assert rows(database_url, "SELECT name FROM users") == [{"name": winner["name"]}]
    code = postbox.code(ADDRESS, count=2)
    assert service.verify(code)["user"]["id"] == winner["id"]
    assert len(postbox.sent_to(ADDRESS)) == 2


def test_a_mail_that_waited_until_its_registration_was_replaced_is_not_sent(
    settings: dict[str, str], postbox: Postbox, clock: Clock
):
    with running(clock, **settings, DELIVERY="off") as service:
        service.register()
        clock.advance(minutes=10)
        service.register(name="Eve")

    with running(clock, **settings) as service:
        service.register(email="grace@example.com")
        postbox.newest("grace@example.com")
        service.verify(postbox.code("ada@example.com"))

    assert len(postbox.sent_to("ada@example.com")) == 1
