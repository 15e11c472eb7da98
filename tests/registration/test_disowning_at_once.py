"""Somebody disowns an address at the same moment as others register or verify it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from harness.audit_rows import actions
from harness.database import rows
from harness.locks import undone, until_a_statement_waits
from harness.postbox import Postbox
from harness.redis import running_redis
from harness.service import Service, running
from harness.web_app_page import RunningClock

ADDRESS = "ada@example.com"
USERS = "SELECT email FROM users"
DAYS_30 = 30 * 24 * 3600


@pytest.fixture(params=["counters in the database", "counters in Redis"])
def either(settings: dict[str, str], request: pytest.FixtureRequest) -> Iterator[Service]:
    """A server for each of the stores of counters."""
    if request.param == "counters in the database":
        with running(**settings) as service:
            yield service
        return
    with (
        running_redis() as redis,
        running(RunningClock(), **settings, RATE_LIMIT_URL=redis.url) as service,
    ):
        yield service


def test_of_a_verification_and_a_disowning_at_once_one_takes_effect(
    service: Service, postbox: Postbox, database_url: str
):
    for number in range(10):
        email = f"ada{number}@example.com"
        service.register(email=email)
        code, token = postbox.code(email), postbox.disown_token(email)
        with ThreadPoolExecutor() as apart:
            verifying = apart.submit(service.verify, code, email)
            disowning = apart.submit(service.disown, token)
        answers = verifying.result()["__typename"], disowning.result()["__typename"]
        found = rows(database_url, f"SELECT is_verified FROM users WHERE email = '{email}'")

        if found:
            assert answers == ("VerifyEmailSuccess", "ExpiredLinkError")
            assert found[0]["is_verified"]
            assert service.request_reset(email)["__typename"] == "PasswordResetRequested"
            postbox.reset_code(email, count=2)
        else:
            assert answers == ("InvalidOtpError", "RegistrationDisowned")


def test_registrations_at_the_same_moment_do_not_shorten_the_thirty_days(
    service: Service, postbox: Postbox
):
    service.register()
    token = postbox.disown_token(ADDRESS)
    for _ in range(10):
        with ThreadPoolExecutor() as apart:
            for _ in range(6):
                apart.submit(service.register)
            apart.submit(service.disown, token)
            apart.submit(service.register)
        assert service.register()["retryAfterSeconds"] == DAYS_30


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_registration_that_was_under_way_at_a_disowning_does_not_hold_the_address(
    either: Service, postbox: Postbox, database_url: str
):
    service = either
    service.register()
    token = postbox.disown_token(ADDRESS)
    service.disown(token)
    service.allow_registration(token)

    answer = registered_while(lambda: service.disown(token), service, database_url)

    assert answer["__typename"] == "RateLimitedError"
    assert DAYS_30 - 60 < answer["retryAfterSeconds"] <= DAYS_30
    assert [user["email"] for user in rows(database_url, USERS)] == ["eve@example.com"]
    assert service.register()["__typename"] == "RateLimitedError"
    assert actions(database_url).count("registered") == 2  # the first one, and Eve's


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_an_outage_of_redis_leaves_no_registration_whose_mail_was_not_counted(
    settings: dict[str, str], database_url: str
):
    with (
        running_redis() as redis,
        running(RunningClock(), **settings, RATE_LIMIT_URL=redis.url) as service,
    ):
        answer = registered_while(redis.stop, service, database_url)

    assert answer["__typename"] == "UnavailableError"
    assert [user["email"] for user in rows(database_url, USERS)] == ["eve@example.com"]
    assert actions(database_url) == ["registered"]  # Eve's


def registered_while(happens: Callable[[], object], service: Service, database_url: str) -> Any:
    """The answer to a registration that has read that the address may get mails, and stores its
    user after something has happened. Eve is registered before."""
    service.register(email="eve@example.com")
    # The registration waits for this change.
    change = f"UPDATE users SET email = '{ADDRESS}' WHERE email = 'eve@example.com'"
    with ThreadPoolExecutor() as apart:
        with undone(database_url, change):
            registering = apart.submit(service.register)
            until_a_statement_waits(database_url)
            happens()
        return registering.result()
