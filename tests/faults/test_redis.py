"""Limits that are counted in Redis: as exact as in the database, and an outage while it is away."""

import asyncio
import time
from collections.abc import Iterator

import pytest
from harness.parallel_requests import at_once, kinds, people
from harness.postgres import free_port
from harness.processes import serving
from harness.redis import Redis, running_redis

from accounts.limits.redis_counters import redis_storage

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

UNAVAILABLE = {
    "__typename": "UnavailableError",
    "message": "Service temporarily unavailable. Please try again.",
    "retryAfterSeconds": 2,
}


@pytest.fixture
def redis() -> Iterator[Redis]:
    with running_redis() as server:
        yield server


def test_a_redis_counts_as_exactly_as_the_database(settings: dict[str, str], redis: Redis):
    limited = {**settings, "LIMIT_REGISTER_CLIENT": "10/hour", "RATE_LIMIT_URL": redis.url}
    with serving("--workers", "2", **limited) as service:
        registered = at_once(service, "register", people(40))
        resent = at_once(service, "resend_verification", [{"email": "nobody@example.com"}] * 20)

    assert kinds(registered) == {"RegisterSuccess": 10, "RateLimitedError": 30}
    assert kinds(resent) == {"ResendVerificationSuccess": 1, "RateLimitedError": 19}
    refused = next(answer for answer in resent if answer["__typename"] == "RateLimitedError")
    assert 1 <= refused["retryAfterSeconds"] <= 60


async def test_a_hit_at_the_same_moment_does_not_shorten_a_block(redis: Redis, database_url: str):
    storage = redis_storage(redis.url)
    for number in range(50):
        key = f"k{number}"
        blocking = storage.restart(key, 30 * 24 * 3600)
        await asyncio.gather(*(storage.incr(key, 3600) for _ in range(5)), blocking)

        assert await storage.get_expiry(key) > time.time() + 29 * 24 * 3600


def test_a_redis_that_is_away_is_an_outage(settings: dict[str, str]):
    nobody = f"redis://127.0.0.1:{free_port()}/0"
    with serving(**settings, RATE_LIMIT_URL=nobody, ready=False) as service:
        answer, ready = service.resend(), service.http.get("/readyz")

    assert answer == UNAVAILABLE
    assert (ready.status_code, ready.json()) == (
        503,
        {"status": "unavailable", "counters": "unreachable"},
    )


def test_readiness_follows_redis_and_the_first_requests_after_its_return_are_answered(
    settings: dict[str, str], redis: Redis
):
    with serving(**settings, RATE_LIMIT_URL=redis.url) as service:
        # Each of them opens a connection, which is dead after the restart.
        before = kinds(at_once(service, "resend_verification", asked("before", 30)))
        redis.stop()
        away = service.http.get("/readyz").status_code
        redis.start()
        after = kinds(at_once(service, "resend_verification", asked("after", 30)))
        ready = service.http.get("/readyz").status_code

    assert before == after == {"ResendVerificationSuccess": 30}
    assert (away, ready) == (503, 200)


def asked(name: str, count: int) -> list[dict[str, str]]:
    return [{"email": f"{name}{number}@example.com"} for number in range(count)]
