"""People who were imported log in as they always have, and get a hash of this server."""

from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from harness.foreign_hashes import DJANGO, OPENWALL
from harness.parallel_requests import at_once, kinds
from harness.polling import eventually
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import running
from harness.user_files import BCRYPT, PASSWORD, lines, person, stored_hash

from accounts.hashing.formats import read

REFUSED = {"__typename": "InvalidCredentialsError", "message": "Invalid email or password."}


def test_people_of_every_format_log_in_with_their_old_password_and_are_rehashed(
    settings: dict[str, str], database_url: str, tmp_path: Path
):
    hashes = [*DJANGO, OPENWALL, BCRYPT]
    people = [
        person(email=f"person{number}@example.com", passwordHash=encoded)
        for number, encoded in enumerate(hashes)
    ]
    imported = connectx("users", "import", lines(tmp_path / "all.jsonl", *people), **settings)

    with running(**settings) as service:
        for number, encoded in enumerate(hashes):
            address = f"person{number}@example.com"
            assert service.login(address, "correct horse batterie") == REFUSED
            assert stored_hash(database_url, address) == encoded
            assert service.login(address, PASSWORD)["__typename"] == "LoginSuccess"
            renewed = stored_hash(database_url, address)
            assert renewed.startswith("$argon2id$v=19$m=8,t=1,p=1$")
            assert service.login(address, PASSWORD)["__typename"] == "LoginSuccess"
            assert service.login(address, "correct horse batterie") == REFUSED
            assert stored_hash(database_url, address) == renewed

    assert (imported.returncode, imported.stderr) == (0, "")
    assert imported.stdout == "7 imported, 0 already existed, 0 bad lines\n"


def test_strangers_cost_what_imported_accounts_cost_once_a_server_has_looked(
    settings: dict[str, str], tmp_path: Path
):
    def seconds(attempt) -> float:
        begun = datetime.now(UTC)
        assert attempt() == REFUSED
        return (datetime.now(UTC) - begun).total_seconds()

    costly = "pbkdf2_sha256$600000$salt$" + "A" * 43 + "="
    people = [
        person(email=f"person{number}@example.com", passwordHash=costly) for number in range(50)
    ]
    connectx("users", "import", lines(tmp_path / "all.jsonl", *people), **settings)
    found = read(costly)
    assert found is not None
    begun = datetime.now(UTC)
    found.matches(b"any")
    hashing = (datetime.now(UTC) - begun).total_seconds()

    with running(**settings) as service:
        # The first look comes soon after the start, beside the requests.
        # Each attempt has an address of its own: one address soon has too many.
        strangers = (f"nobody{number}@example.com" for number in count())
        eventually(
            lambda: seconds(lambda: service.login(next(strangers))) > hashing / 2,
            "the costs of accounts",
        )


def test_who_has_no_password_comes_in_and_chooses_one_by_a_reset(
    settings: dict[str, str], postbox: Postbox, tmp_path: Path
):
    file = lines(tmp_path / "none.jsonl", person(passwordHash="!"))
    assert connectx("users", "import", file, **settings).returncode == 0

    with running(**settings) as service:
        for password in ("!", "", PASSWORD):
            assert service.login(password=password) == REFUSED
        service.request_reset()
        service.reset(postbox.reset_code("ada@example.com"))

        assert service.login(password="another_password")["__typename"] == "LoginSuccess"


def test_who_logs_in_twice_at_once_with_an_old_hash_is_logged_in_twice(
    settings: dict[str, str], tmp_path: Path
):
    file = lines(tmp_path / "old.jsonl", person(passwordHash=BCRYPT))
    connectx("users", "import", file, **settings)

    with running(**settings) as service:
        given = {"email": "ada@example.com", "password": PASSWORD}
        answers = at_once(service, "login", [given] * 4)

    assert kinds(answers) == {"LoginSuccess": 4}
