from base64 import urlsafe_b64decode
from time import perf_counter

import pytest
from argon2 import PasswordHasher
from harness.database import rows
from harness.postbox import Postbox
from harness.service import Clock, Service, running

ADDRESS = "ada@example.com"
REFUSED = {"__typename": "InvalidCredentialsError", "message": "Invalid email or password."}


def test_a_login_gives_an_opaque_token_of_256_bits_for_30_days(verified: Service):
    answer = verified.login(" ADA@Example.com ")

    token, user = answer.pop("accessToken"), answer.pop("user")
    assert answer == {
        "__typename": "LoginSuccess",
        "expiresAt": "2026-02-01T03:04:05.678901+00:00",
    }
    assert len(urlsafe_b64decode(f"{token}=")) == 32
    assert user == verified.viewer(token)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (ADDRESS, "wrong_password"),
        (ADDRESS, "Secure_password"),
        (ADDRESS, ""),
        (ADDRESS, "secure_password\0"),
        ("nobody@example.com", "secure_password"),
    ],
)
def test_an_unknown_address_and_a_wrong_password_are_refused_alike(
    verified: Service, email: str, password: str
):
    assert verified.login(email, password) == REFUSED


def test_an_unverified_account_is_told_of_only_after_the_right_password(service: Service):
    service.register()

    assert service.login(password="wrong_password") == REFUSED
    assert service.login() == {
        "__typename": "EmailNotVerifiedError",
        "message": "Email not verified.",
        "methods": ["OTP"],
    }


def test_an_address_that_is_none_is_reported(service: Service):
    assert service.login("ada") == {
        "__typename": "InvalidInputError",
        "message": "Some fields need your attention.",
        "errors": [
            {
                "__typename": "InvalidEmailError",
                "suggestion": None,
                "field": "email",
                "message": "An email address must have an @-sign.",
            }
        ],
    }


def test_who_tries_too_many_passwords_has_to_wait(verified: Service):
    for _ in range(10):
        verified.login(password="wrong_password")
    verified.clock.advance(minutes=5)

    answer = verified.login()

    assert answer == {
        "__typename": "RateLimitedError",
        "message": "Too many requests. Please try again later.",
        "retryAfterSeconds": 600,
    }
    verified.clock.advance(minutes=10)
    assert verified.login()["__typename"] == "LoginSuccess"


def test_a_password_is_the_same_in_either_unicode_form(service: Service, postbox: Postbox):
    service.register(password="pa\u0308ssw\u00f6rter")
    service.verify(postbox.code(ADDRESS))

    assert service.login(password="p\u00e4sswo\u0308rter")["__typename"] == "LoginSuccess"


def test_a_hash_with_old_parameters_is_renewed_on_login(
    settings: dict[str, str], postbox: Postbox, database_url: str
):
    def parameters() -> str:
        [user] = rows(database_url, "SELECT password_hash FROM users")
        return str(user["password_hash"]).rpartition("$")[0].rpartition("$")[0]

    with running(**settings, ARGON2_MEMORY_KIB="8", ARGON2_ITERATIONS="1") as service:
        service.register()
        service.verify(postbox.code(ADDRESS))
        service.login()
        old = parameters()

    with running(**settings, ARGON2_MEMORY_KIB="16", ARGON2_ITERATIONS="3") as service:
        service.login(password="wrong_password")
        untouched = parameters()
        service.login()
        renewed = parameters()
        again = service.login()

    assert old == untouched == "$argon2id$v=19$m=8,t=1,p=1"
    assert renewed == "$argon2id$v=19$m=16,t=3,p=1"
    assert again["__typename"] == "LoginSuccess"


@pytest.mark.slow
def test_an_unknown_address_costs_a_hash_as_well(settings: dict[str, str], clock: Clock):
    def seconds(work) -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    costly = PasswordHasher(time_cost=20, memory_cost=16384, parallelism=1)
    encoded = costly.hash("secure_password")
    hashing, answering = [], []
    cost = {"ARGON2_MEMORY_KIB": "16384", "ARGON2_ITERATIONS": "20"}
    with running(clock, **settings, **cost) as service:
        for _ in range(5):  # in turns, as the machine is quicker at some times than at others
            hashing.append(seconds(lambda: costly.verify(encoded, "secure_password")))
            answering.append(seconds(lambda: service.login("nobody@example.com")))

    # Only the lower bound: a slow machine makes an answer slower, never quicker.
    assert min(answering) > min(hashing) / 2
