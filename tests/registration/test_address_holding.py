"""An address is held while a code or link runs, and taken once it is verified."""

from harness.database import create_tenant, rows
from harness.parallel_requests import at_once, namesakes, only_registered
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Clock, Service, running

EXISTS = {"__typename": "EmailAlreadyExistsError", "message": "Email already exists."}
ADDRESS = "ada@example.com"


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


def test_sixteen_parallel_registrations_of_one_address_give_one_user(
    service: Service, postbox: Postbox, database_url: str
):
    winner = only_registered(at_once(service, "register", namesakes(16)))

    assert rows(database_url, "SELECT name FROM users") == [{"name": winner["name"]}]
    assert service.verify(postbox.code(ADDRESS))["user"]["id"] == winner["id"]
    assert len(postbox.sent_to(ADDRESS)) == 1
