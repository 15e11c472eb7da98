"""The decoy hashes that unknown addresses cost."""

import base64
import hashlib
from itertools import pairwise

import argon2
import pytest
from harness.foreign_hashes import (
    DJANGO,
    OPENWALL,
    PASSWORD,
)

from accounts.hashing import formats
from accounts.hashing.decoys import Decoys


def hashed(salt: str, iterations: int = 1) -> str:
    digest = hashlib.pbkdf2_hmac("sha256", b"any", salt.encode(), iterations)
    return f"pbkdf2_sha256${iterations}${salt}${base64.b64encode(digest).decode()}"


def kinds(decoys: Decoys, count: int = 2_000) -> dict[str, int]:
    found: dict[str, int] = {}
    for number in range(count):
        stranger = hashlib.sha256(str(number).encode()).hexdigest()
        read = formats.read(decoys.of(stranger))
        assert read is not None
        found[read.kind] = found.get(read.kind, 0) + 1
    return found


def test_strangers_have_hashes_of_the_kinds_and_in_the_shares_of_accounts():
    ours = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("any")
    decoys = Decoys(ours)
    before = kinds(decoys)

    decoys.adopt_kinds([ours] * 50 + [hashed("a")] * 40 + [OPENWALL] * 10 + ["none"] * 5)

    today = "$argon2id$v=19$m=8,t=1,p=1"
    assert before == {today: 2_000}
    after = kinds(decoys)
    assert set(after) == {today, "pbkdf2_sha256$1", "$2y$04$"}
    assert after[today] == pytest.approx(1_000, abs=100)
    assert after["$2y$04$"] == pytest.approx(200, abs=60)


def test_a_stranger_goes_over_to_todays_kind_and_never_back():
    ours = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("any")
    decoys = Decoys(ours)
    strangers = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(300)]
    seen: list[set[str]] = []
    for logged_in in range(0, 101, 20):
        decoys.adopt_kinds([ours] * logged_in + [hashed("a")] * (100 - logged_in))
        seen.append({one for one in strangers if decoys.of(one).startswith("$argon2id")})

    assert seen[0] == set()
    assert seen[-1] == set(strangers)
    assert all(earlier <= later for earlier, later in pairwise(seen))


@pytest.mark.parametrize("encoded", [*DJANGO, OPENWALL])
def test_no_decoy_is_matched_by_the_password_of_its_model(encoded: str):
    found = formats.read(encoded)
    assert found is not None
    decoy = found.decoy()

    read = formats.read(decoy)
    assert read is not None
    assert read.kind == found.kind
    assert not formats.matches(PASSWORD.encode(), decoy)
