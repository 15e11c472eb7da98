"""What a password may be, and how it is kept."""

import threading
import unicodedata

import pytest
from harness.database import rows
from harness.service import Service, running
from hypothesis import example, given
from hypothesis import strategies as st
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from accounts.hashing.hasher import Hasher, HashingCost
from accounts.hashing.jobs import Queue
from accounts.passwords import normalised, problem_by_policy
from accounts.policies.presets import PRESETS
from accounts.problems import PasswordTooCommon, PasswordTooLong, PasswordTooShort

CUSTOMER, CHURCH = PRESETS["customer"], PRESETS["church"]
ANY_TEXT = st.text(st.characters(), max_size=200)


@given(ANY_TEXT)
@example("e\u0301" * 8)
@example("\ud800" * 8)
def test_a_length_is_counted_in_code_points_after_nfc(password):
    length = len(unicodedata.normalize("NFC", password))

    problem = problem_by_policy(normalised(password), policy=CUSTOMER)

    assert isinstance(problem, PasswordTooShort) == (length < 8)
    assert isinstance(problem, PasswordTooLong) == (length > 128)


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("e\u0301" * 7, PasswordTooShort(8)),
        ("e\u0301" * 8, None),
        ("\u00e9" * 128, None),
        ("e\u0301" * 128, None),
        ("\u00e9" * 129, PasswordTooLong(128)),
        ("👩‍🚀" * 2, PasswordTooShort(8)),
        ("👩‍🚀" * 3, None),
        (" " * 8, None),
    ],
)
def test_what_looks_like_one_character_counts_as_its_code_points(password: str, problem):
    assert problem_by_policy(normalised(password), policy=CUSTOMER) == problem


@given(ANY_TEXT)
def test_two_spellings_of_the_same_text_are_one_password(password):
    decomposed = unicodedata.normalize("NFD", password)

    assert normalised(decomposed) == normalised(unicodedata.normalize("NFC", password))


@given(st.sampled_from(sorted(FREQUENCY_LISTS["passwords"])), st.booleans())
def test_a_common_password_is_refused_in_any_case(password, upper):
    typed = password.upper() if upper else password

    problem = problem_by_policy(normalised(typed), policy=CHURCH)

    assert problem == (PasswordTooShort(6) if len(password) < 6 else PasswordTooCommon())


@pytest.mark.parametrize("password", ["secure_password", "securePassword123"])
def test_the_passwords_of_the_examples_are_not_common(password: str):
    assert problem_by_policy(password, policy=CUSTOMER) is None


def test_a_password_that_is_too_short_is_not_called_common_as_well():
    assert problem_by_policy("123456", policy=CUSTOMER) == PasswordTooShort(8)
    assert problem_by_policy("123456", policy=CHURCH) == PasswordTooCommon()


async def test_a_hash_is_argon2id_with_owasps_parameters():
    hasher = Hasher()

    encoded = await hasher.hash("secure_password", queue=Queue.LOGIN)

    hasher.close()
    assert encoded.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("password", ["", "\0", "a\0b", "\ud800", "é" * 1000])
async def test_any_text_can_be_hashed_and_is_told_from_others(password: str):
    hasher = Hasher(HashingCost(memory_kib=8, iterations=1))

    encoded = await hasher.hash(password, queue=Queue.LOGIN)
    right = await hasher.verify(password, encoded)
    wrong = await hasher.verify(f"{password}x", encoded)
    nobody = await hasher.verify(password, None)

    hasher.close()
    assert (right, wrong, nobody) == (True, False, False)


def test_the_same_password_is_hashed_differently_each_time(service: Service, database_url: str):
    service.register()
    service.register(email="grace@example.com")

    stored = {row["password_hash"] for row in rows(database_url, "SELECT * FROM users")}
    assert len(stored) == 2
    assert all(one.startswith("$argon2id$") for one in stored)


def test_others_are_answered_and_may_write_while_a_password_is_hashed(settings: dict[str, str]):
    slow = {"ARGON2_MEMORY_KIB": "65536", "ARGON2_ITERATIONS": "8"}
    with running(**settings, **slow) as service:
        registering = threading.Thread(target=service.register)
        registering.start()

        answer = Service(service.url, service.clock).resend("grace@example.com")
        overtaken = registering.is_alive()
        registering.join()

    assert answer["__typename"] == "ResendVerificationSuccess"
    assert overtaken
