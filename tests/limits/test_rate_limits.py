"""How often an address or a client may ask, with the numbers that ship."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

import pytest
from harness.limited import limited
from harness.parallel_requests import at_once
from harness.service import Clock, Service, running
from harness.settings import environment

from accounts.limits.defaults import RateLimits
from server.setting_types.values import Switch
from server.settings import Settings

pytestmark = pytest.mark.slow

ADDRESS = "ada@example.com"
SHIPPED = {f"LIMIT_{rule.name.upper()}": str(rule.default) for rule in fields(RateLimits)}

Ask = Callable[[Service, int], Any]


def is_limited(answer: dict[str, object]) -> bool:
    return answer["__typename"] == "RateLimitedError"


def person(number: int) -> str:
    return f"person{number}@example.com"


LIMITS: dict[str, tuple[Ask, int, int]] = {
    "registrations of a client": (lambda s, n: s.register(email=person(n)), 10, 3600),
    "rejected registrations of a client": (lambda s, n: s.register(email=f"none{n}"), 30, 60),
    "codes for an address": (lambda s, _: s.verify("000000"), 10, 60),
    "codes of a client": (lambda s, n: s.verify("000000", person(n)), 60, 60),
    "links of a client": (lambda s, n: s.verify_by_link(f"{n:x>64}"), 60, 60),
    "resends for an address": (lambda s, _: s.resend(), 1, 60),
    "resends of a client": (lambda s, n: s.resend(person(n)), 20, 3600),
    "logins to an address by a client": (lambda s, _: s.login(), 10, 900),
    "logins of a client": (lambda s, n: s.login(person(n)), 100, 3600),
}
"""Who asks for what, how often, and in how many seconds."""


@pytest.fixture
def shipped(settings: dict[str, str], clock: Clock) -> Iterator[Service]:
    with running(clock, **settings, **SHIPPED) as service:
        yield service


def test_the_limits_ship_switched_on():
    with environment():
        settings = Settings.read()

    assert (settings.rate_limits, settings.limits) == (Switch.ON, RateLimits())


def test_every_limit_is_a_setting():
    with environment(**dict.fromkeys(SHIPPED, "3/day")):
        settings = Settings.read()

    assert settings.limits == RateLimits(*["3/day"] * len(SHIPPED))


@pytest.mark.parametrize(("ask", "amount", "seconds"), LIMITS.values(), ids=LIMITS)
def test_a_limit_admits_its_amount_and_then_tells_the_true_wait(
    shipped: Service, ask: Ask, amount: int, seconds: int
):
    admitted = [ask(shipped, number) for number in range(amount)]
    shipped.clock.advance(seconds=seconds / 3)
    refused = ask(shipped, amount)
    shipped.clock.advance(seconds=refused["retryAfterSeconds"] - 1)
    early = ask(shipped, amount)
    shipped.clock.advance(seconds=1)
    in_time = ask(shipped, amount)

    assert not any(is_limited(answer) for answer in admitted)
    assert refused == limited(seconds * 2 // 3)
    assert early == limited(1)
    assert not is_limited(in_time)


def test_an_address_is_guessed_at_a_hundred_times_a_day(shipped: Service):
    admitted = []
    for _ in range(10):
        admitted += [shipped.verify("000000") for _ in range(10)]
        shipped.clock.advance(minutes=1)

    refused = shipped.verify("000000")

    assert not any(is_limited(answer) for answer in admitted)
    assert refused == limited(24 * 3600 - 600)
    shipped.clock.advance(seconds=refused["retryAfterSeconds"])
    assert not is_limited(shipped.verify("000000"))


def test_five_resends_an_hour_are_taken_for_an_address(shipped: Service):
    admitted = []
    for _ in range(5):
        admitted.append(shipped.resend())
        shipped.clock.advance(minutes=1)

    refused = shipped.resend()

    assert not any(is_limited(answer) for answer in admitted)
    assert refused == limited(3600 - 300)
    shipped.clock.advance(seconds=refused["retryAfterSeconds"])
    assert not is_limited(shipped.resend())


@pytest.mark.parametrize(
    ("operation", "inputs", "amount"),
    [
        (
            "register",
            [{"email": person(n), "name": "A", "password": "secure_password"} for n in range(50)],
            10,
        ),
        ("verify_email", [{"email": ADDRESS, "otp": "000000"}] * 50, 10),
        ("resend_verification", [{"email": person(n)} for n in range(50)], 20),
        ("login", [{"email": ADDRESS, "password": "secure_password"}] * 50, 10),
    ],
)
def test_of_fifty_parallel_requests_exactly_the_amount_is_admitted(
    shipped: Service, operation: str, inputs: list[dict[str, str]], amount: int
):
    answers = at_once(shipped, operation, inputs)

    assert [is_limited(answer) for answer in answers].count(False) == amount


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_rate_limits_nobody_has_to_wait(settings: dict[str, str]):
    with running(**settings, **SHIPPED, RATE_LIMITS="off") as service:
        answers = [
            ask(service, number)
            for ask, amount, _ in LIMITS.values()
            for number in range(amount + 1)
        ]

    assert len(answers) > 200
    assert not any(is_limited(answer) for answer in answers)
