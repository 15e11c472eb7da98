"""A registration that replaces another one of the same address, whose hold is over."""

from harness.database import create_tenant, rows
from harness.parallel_requests import at_once, namesakes, only_registered
from harness.postbox import Postbox
from harness.service import Clock, Service, running

INVALID_OTP = {"__typename": "InvalidOtpError", "message": "Invalid OTP.", "attemptsRemaining": 4}
ADDRESS = "ada@example.com"


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
        "message": "This link has expired.",
    }
    assert verified["user"]["isVerified"] is True


def test_sixteen_parallel_replacements_of_one_account_give_one_user(
    service: Service, postbox: Postbox, database_url: str
):
    service.register(name="Eve")
    postbox.newest(ADDRESS)
    service.clock.advance(minutes=10)

    winner = only_registered(at_once(service, "register", namesakes(16)))

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
