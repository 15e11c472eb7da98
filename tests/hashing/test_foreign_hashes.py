"""Hashes that other systems have made are matched, and bounded in what they cost."""

import argon2
import bcrypt
import pytest
from harness.foreign_hashes import (
    DECOMPOSED,
    DJANGO,
    DJANGO_100_TIMES_X,
    DJANGO_DECOMPOSED,
    OPENWALL,
    PASSWORD,
)
from hypothesis import given
from hypothesis import strategies as st

from accounts.hashing import formats
from accounts.hashing.hasher import Hasher, HashingCost


@pytest.mark.slow
@pytest.mark.parametrize("encoded", [*DJANGO, OPENWALL])
def test_a_hash_by_another_system_is_matched_by_its_password_only(encoded: str):
    assert formats.matches(PASSWORD.encode(), encoded)
    assert not formats.matches(b"correct horse batterie", encoded)


@pytest.mark.parametrize("kind", [argon2.Type.I, argon2.Type.D, argon2.Type.ID])
def test_argon2_is_known_in_all_of_its_kinds(kind: argon2.Type):
    encoded = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=2, type=kind).hash(
        PASSWORD
    )

    assert formats.matches(PASSWORD.encode(), encoded)
    assert not formats.matches(b"", encoded)


def test_the_reference_implementations_example_is_matched():
    # phc-winner-argon2's README: echo -n "password" | ./argon2 somesalt -t 2 -m 16 -p 4 -l 24
    encoded = "$argon2i$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG"

    assert formats.matches(b"password", encoded)


@pytest.mark.parametrize("minor", ["2a", "2b", "2y"])
def test_bcrypt_reads_72_bytes_as_it_always_has(minor: str):
    encoded = bcrypt.hashpw(b"x" * 72, bcrypt.gensalt(4)).decode().replace("$2b$", f"${minor}$")

    assert formats.matches(b"x" * 72, encoded)
    assert formats.matches(b"x" * 100, encoded)
    assert not formats.matches(b"x" * 71, encoded)


def test_django_reads_more_than_72_bytes_where_it_hashes_first():
    assert formats.matches(b"x" * 100, DJANGO_100_TIMES_X)
    assert not formats.matches(b"x" * 72, DJANGO_100_TIMES_X)


@pytest.mark.parametrize("encoded", DJANGO_DECOMPOSED)
async def test_a_password_is_right_in_the_form_in_which_it_was_typed_once(encoded: str):
    hasher = Hasher(HashingCost(memory_kib=8, iterations=1))
    composed = "p\u00e4sswörter"

    as_typed = await hasher.verify(composed, encoded, raw=DECOMPOSED)
    otherwise = await hasher.verify(composed, encoded, raw=composed)

    hasher.close()
    assert (as_typed, otherwise) == (True, False)


@pytest.mark.parametrize("encoded", [*DJANGO, OPENWALL])
async def test_a_hash_by_another_system_is_always_outdated(encoded: str):
    hasher = Hasher(HashingCost(memory_kib=102400, iterations=2, parallelism=8))

    hasher.close()
    assert hasher.is_outdated(encoded)


@pytest.mark.parametrize(
    "encoded",
    [
        "$2b$16$" + "." * 53,
        "$argon2id$v=19$m=262145,t=1,p=1$" + "A" * 22 + "$" + "A" * 43,
        "$argon2id$v=19$m=8,t=21,p=1$" + "A" * 22 + "$" + "A" * 43,
        "$argon2id$v=19$m=262144,t=7,p=1$" + "A" * 22 + "$" + "A" * 43,
        "$argon2id$v=19$m=136,t=1,p=17$" + "A" * 22 + "$" + "A" * 43,
        "pbkdf2_sha256$5000001$salt$" + "A" * 43 + "=",
    ],
)
def test_a_hash_that_would_make_a_login_a_burden_is_told(encoded: str):
    found = formats.read(encoded)

    assert found is not None
    assert found.too_costly


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "secret",
        "!unusable",
        "$2b$03$" + "." * 53,
        "$2b$04$" + "." * 52,
        "$2b$04$" + "9" * 53,  # bits that a salt has not
        "$2x$04$" + "." * 53,
        "$argon2id$m=8,t=1,p=1$" + "A" * 22 + "$" + "A" * 43,
        "$argon2id$v=19$m=8,t=0,p=1$" + "A" * 22 + "$" + "A" * 43,
        "$argon2id$v=19$m=15,t=1,p=2$" + "A" * 22 + "$" + "A" * 43,
        "$argon2id$v=19$m=8,t=1,p=1$" + "A" * 8 + "$" + "A" * 43,
        "$argon2id$v=19$m=8,t=1,p=1$" + "A" * 22 + "$" + "A" * 42 + "B",  # bits beyond its bytes
        "$argon2id$v=19$m=8,t=1,p=1$" + "A" * 22 + "$" + "A" * 300,
        "pbkdf2_sha256$0$salt$" + "A" * 43 + "=",
        "pbkdf2_sha256$1$$" + "A" * 43 + "=",
        "pbkdf2_sha256$1$\0$" + "A" * 43 + "=",
        "pbkdf2_sha256$1$salt$" + "A" * 27 + "=",
        "pbkdf2_sha256$\u0661$salt$" + "A" * 43 + "=",
        "pbkdf2_sha512$1$salt$" + "A" * 86 + "==",
        "sha1$salt$" + "a" * 40,
    ],
)
def test_what_is_no_hash_is_told(encoded: str):
    assert formats.read(encoded) is None
    assert not formats.matches(b"", encoded)


@given(st.text(st.characters(), max_size=100), st.sampled_from(["", "$2b$", "pbkdf2_sha256$"]))
def test_any_text_is_read_without_an_error(text: str, prefix: str):
    formats.read(prefix + text)
