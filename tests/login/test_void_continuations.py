"""A continuation is void with the end of its code, another password, or the end of its user."""

from harness.continuations import ADDRESS, INVALID, PENDING, kind
from harness.database import rows
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Clock, Service


def test_the_token_is_void_with_the_codes_lifetime(
    service: Service, postbox: Postbox, clock: Clock
):
    token = service.register()["continuation"]
    service.verify(postbox.code(ADDRESS))
    clock.advance(minutes=10)

    assert kind(service, token) == INVALID


def test_the_token_is_void_once_an_unverified_code_has_expired(service: Service, clock: Clock):
    token = service.register()["continuation"]
    clock.advance(minutes=10)

    assert kind(service, token) == INVALID


def test_a_resend_prolongs_the_token(service: Service, postbox: Postbox, clock: Clock):
    token = service.register()["continuation"]
    clock.advance(minutes=9)
    service.resend()
    clock.advance(minutes=9)
    before = kind(service, token)

    service.verify(postbox.code(ADDRESS, count=2))

    assert (before, kind(service, token)) == (PENDING, "LoginSuccess")


def test_another_password_voids_the_token(service: Service, postbox: Postbox, database_url: str):
    tokens = [service.register(email=f"{name}@example.com")["continuation"] for name in "ab"]
    for name in "ab":
        service.verify(postbox.code(f"{name}@example.com"), f"{name}@example.com")

    rows(
        database_url,
        "UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE email LIKE 'b@%') "
        "WHERE email LIKE 'a@%'",
    )

    assert [kind(service, token) for token in tokens] == [INVALID, "LoginSuccess"]


def test_a_registration_that_was_replaced_has_a_token_that_never_logs_in(
    service: Service, postbox: Postbox, clock: Clock
):
    first = service.register()["continuation"]
    postbox.newest(ADDRESS)
    clock.advance(minutes=10)
    second = service.register(name="Eve")["continuation"]
    service.verify(postbox.code(ADDRESS, count=2))
    before = kind(service, first)
    clock.advance(minutes=10)

    assert (before, kind(service, first)) == (PENDING, INVALID)
    assert kind(service, second) == INVALID


def test_a_deleted_user_has_a_void_token(
    service: Service, postbox: Postbox, settings: dict[str, str]
):
    token = service.register()["continuation"]
    service.verify(postbox.code(ADDRESS))
    assert connectx("users", "delete", ADDRESS, "--yes", **settings).returncode == 0

    assert kind(service, token) == INVALID
