"""`make imported`: what a stopwatch tells of imported accounts, kind of hash by kind of hash.

A server whose accounts have three kinds of hashes in equal parts is given wrong passwords, for
accounts of each kind and for the strangers that take as long. Calls take turns. Prints medians, how
far they are apart, and the share of strangers of each kind; exits with 1 above 5 % apart.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bcrypt
from argon2 import PasswordHasher
from harness.processes import COMMAND, serving
from harness.service import Service
from timing import UNLIMITED, median_ms, postgres_settings, timed

from accounts.hashing import formats
from accounts.hashing.decoys import Decoys
from accounts.hashing.hasher import HashingCost
from accounts.keyring import Keyring
from server.settings import PREFIX

_CALLS = 200
_OF_A_KIND = 400
_TOLERANCE = 0.05


def _hashes() -> dict[str, str]:
    """One hash of each kind; what it is of does not matter."""
    cost = HashingCost()
    today = PasswordHasher(cost.iterations, cost.memory_kib, cost.parallelism).hash("any")
    return {
        "Argon2id, today's": today,
        "bcrypt, cost 10": bcrypt.hashpw(b"any", bcrypt.gensalt(10)).decode(),
        "PBKDF2, 300,000": "pbkdf2_sha256$300000$salt$" + "A" * 43 + "=",
    }


def _import(hashes: dict[str, str], settings: dict[str, str], folder: str) -> None:
    path = Path(folder) / "all.jsonl"
    people = [
        {
            "name": "A Person",
            "email": f"{chr(97 + index % 26)}{index}-{kind}@example.com",
            "verified": True,
            "created": "2020-01-01T00:00:00Z",
            "passwordHash": encoded,
        }
        for kind, encoded in enumerate(hashes.values())
        for index in range(_OF_A_KIND)
    ]
    path.write_text("\n".join(map(json.dumps, people)))
    environ = {**os.environ, **{f"{PREFIX}{name}": value for name, value in settings.items()}}
    subprocess.run([COMMAND, "users", "import", path], env=environ, check=True)  # noqa: S603 - our own


def _strangers(hashes: dict[str, str], secret: str) -> dict[str, list[str]]:
    """Unknown addresses by the kind of hash that they cost, computed as the server does."""
    decoys, keys = Decoys(next(iter(hashes.values()))), Keyring([secret])
    decoys.adopt_kinds(list(hashes.values()))
    names = {_kind(encoded): name for name, encoded in hashes.items()}
    found: dict[str, list[str]] = {name: [] for name in hashes}
    for number in range(1_000):
        address = f"stranger{number}@example.com"
        found[names[_kind(decoys.of(keys.address_hash(f"decoy {address}")))]].append(address)
    return found


def _kind(encoded: str) -> str:
    read = formats.read(encoded)
    if read is None:
        raise ValueError(encoded)
    return read.kind


def _login(service: Service, address: str) -> float:
    return timed(
        lambda: service.login(address, "wrong password"), expected="InvalidCredentialsError"
    )


def main() -> int:
    hashes = _hashes()
    cost = HashingCost()
    real = {"ARGON2_MEMORY_KIB": str(cost.memory_kib), "ARGON2_ITERATIONS": str(cost.iterations)}
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder, postgres_settings() as settings:
        _import(hashes, settings, folder)
        strangers = _strangers(hashes, settings["SECRET_KEY"])
        with serving("--no-delivery", **{**settings, **UNLIMITED, **real}) as server:
            time.sleep(2)  # the server looks for kinds beside its start
            print(f"{'':20}{'known':>10}{'unknown':>10}{'apart':>8}{'strangers':>11}")
            for kind, name in enumerate(hashes):
                times: tuple[list[float], list[float]] = ([], [])
                for index in range(_CALLS):
                    known = f"{chr(97 + index % 26)}{index}-{kind}@example.com"
                    unknown = strangers[name][index]
                    times[0].append(_login(server, known))
                    times[1].append(_login(server, unknown))
                known_ms, unknown_ms = median_ms(times[0]), median_ms(times[1])
                apart = abs(known_ms - unknown_ms) / min(known_ms, unknown_ms)
                worst = max(worst, apart)
                print(
                    f"{name:20}{known_ms:7.2f} ms{unknown_ms:7.2f} ms{apart:7.1%}"
                    f"{len(strangers[name]) / 1_000:10.1%}"
                )
    return int(worst > _TOLERANCE)


if __name__ == "__main__":
    sys.exit(main())
