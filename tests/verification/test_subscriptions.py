"""`verificationChanged`, with the npm clients of either transport, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.database import rows
from harness.npm_subscribers import COMPLETE, EXPIRED, PENDING, VERIFIED, Subscribers, subscribed
from harness.policies import CONCEALING, policy_file
from harness.postbox import Postbox
from harness.service import Clock, Service, running

ADDRESS = "ada@example.com"

each_transport = pytest.mark.parametrize("transport", ["ws", "sse"])
sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def waiting(service: Service, transport: str) -> Iterator[Subscribers]:
    """Whoever has registered Ada, and waits."""
    handle = service.register()["verification"]["id"]
    with subscribed(transport, service, [handle]) as waiting:
        waiting.all_told(PENDING)
        yield waiting


@each_transport
def test_whoever_waits_is_told_that_the_code_was_entered(
    waiting: Subscribers, service: Service, postbox: Postbox
):
    service.verify(postbox.code(ADDRESS))

    waiting.all_told(PENDING, VERIFIED, COMPLETE)


@each_transport
def test_whoever_waits_is_told_that_the_link_was_opened(
    settings: dict[str, str], postbox: Postbox, transport: str
):
    with running(**settings, POLICY="church") as service:
        handle = service.register(role="member")["verification"]["id"]
        with subscribed(transport, service, [handle]) as waiting:
            waiting.all_told(PENDING)
            service.verify_by_link(postbox.token(ADDRESS))

            waiting.all_told(PENDING, VERIFIED, COMPLETE)


@each_transport
def test_a_later_code_tells_those_who_wait_for_an_older_one(
    waiting: Subscribers, service: Service, postbox: Postbox, clock: Clock
):
    clock.advance(minutes=1)
    service.resend()
    service.verify(postbox.code(ADDRESS, count=2))

    waiting.all_told(PENDING, VERIFIED, COMPLETE)


@each_transport
def test_a_subscription_ends_with_the_codes_lifetime(waiting: Subscribers, clock: Clock):
    clock.advance(minutes=10)

    waiting.all_told(PENDING, EXPIRED, COMPLETE)


@each_transport
def test_whoever_waits_is_told_of_a_later_code_though_the_first_has_expired(
    waiting: Subscribers, service: Service, postbox: Postbox, clock: Clock
):
    clock.advance(minutes=9)
    service.resend()
    clock.advance(minutes=9)
    service.verify(postbox.code(ADDRESS, count=2))

    waiting.all_told(PENDING, VERIFIED, COMPLETE)


@each_transport
def test_what_has_happened_already_is_told_at_once(
    service: Service, postbox: Postbox, clock: Clock, transport: str
):
    verified = service.register()["verification"]["id"]
    service.verify(postbox.code(ADDRESS))
    expired = service.register(email="grace@example.com")["verification"]["id"]
    clock.advance(hours=1)

    with subscribed(transport, service, [verified]) as waiting:
        waiting.all_told(VERIFIED, COMPLETE)
    with subscribed(transport, service, [expired]) as waiting:
        waiting.all_told(EXPIRED, COMPLETE)


@sqlite
@each_transport
def test_a_concealed_account_looks_like_one_that_nobody_verifies(
    settings: dict[str, str], postbox: Postbox, clock: Clock, tmp_path: Path, transport: str
):
    policy = {"POLICY": policy_file(tmp_path, CONCEALING), "LIMIT_RESEND_ADDRESS": "100/second"}
    with running(clock, **settings, **policy) as service:
        service.register()
        service.verify(postbox.code(ADDRESS))
        decoy = service.register()["verification"]["id"]
        new = service.register(email="new@example.com")["verification"]["id"]
        with subscribed(transport, service, [decoy, new]) as waiting:
            waiting.all_told(PENDING)
            clock.advance(minutes=10)

            waiting.all_told(PENDING, EXPIRED, COMPLETE)


@sqlite
@each_transport
@pytest.mark.parametrize("handle", ["nothing", "", "019b7e00-0000-7000-8000-000000000000"])
def test_an_unknown_handle_is_an_error(service: Service, transport: str, handle: str):
    error = {
        "message": "There is no verification with this id.",
        "extensions": {"code": "NOT_FOUND"},
    }
    after = [COMPLETE] if transport == "sse" else []

    with subscribed(transport, service, [handle]) as waiting:
        waiting.all_told(["error", [error]], *after)


@sqlite
@each_transport
def test_what_another_process_did_to_the_database_is_told_within_seconds(
    waiting: Subscribers, database_url: str
):
    rows(database_url, "UPDATE users SET is_verified = TRUE")

    waiting.all_told(PENDING, VERIFIED, COMPLETE, patience=20)


@sqlite
@each_transport
def test_a_user_who_is_deleted_meanwhile_is_not_waited_for_longer_than_the_code(
    waiting: Subscribers, database_url: str, clock: Clock
):
    rows(database_url, "DELETE FROM users")
    clock.advance(minutes=10)

    waiting.all_told(PENDING, EXPIRED, COMPLETE)
