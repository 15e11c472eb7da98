"""`connectx users import`: a user base comes in, and its people log in as they always have."""

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from harness.database import create_tenant, rows
from harness.foreign_hashes import DJANGO, OPENWALL
from harness.inbox import Postbox, eventually
from harness.parallel_requests import at_once, kinds
from harness.processes import connectx
from harness.service import Clock, running
from harness.user_files import BCRYPT, PASSWORD, lines, person

from accounts.hashing.formats import read

REFUSED = {"__typename": "InvalidCredentialsError", "message": "Invalid email or password."}


def stored_hash(url: str, email: str = "ada@example.com") -> str:
    [user] = rows(url, f"SELECT password_hash FROM users WHERE email = '{email}'")
    return user["password_hash"]


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


def test_all_that_a_line_says_is_kept(settings: dict[str, str], database_url: str, tmp_path: Path):
    church = create_tenant(database_url)
    file = lines(
        tmp_path / "all.jsonl",
        person(
            name=" Grace  ",
            email="GRACE@Example.com",
            role=" Pastor",
            tenant=church,
            language="pt-BR",
            invitedBy="Ada@example.com",
        ),
    )

    connectx("users", "import", file, **settings)

    with running(**settings) as service:
        answer = service.login("grace@example.com", PASSWORD)
        user = service.viewer(answer["accessToken"])
    [row] = rows(database_url, "SELECT language, invited_by, tenant_id FROM users")
    assert (user["name"], user["email"], user["role"]) == ("Grace", "grace@example.com", "pastor")
    assert (user["isVerified"], user["createdAt"]) == (True, "2020-02-29T11:30:00.500000+00:00")
    assert (row["language"], row["invited_by"]) == ("pt-BR", "ada@example.com")
    assert str(row["tenant_id"]) == church


def test_a_tenant_is_known_by_any_spelling_of_its_id(
    settings: dict[str, str], database_url: str, tmp_path: Path
):
    church = create_tenant(database_url)
    spelt = [church.upper(), f"{{{church}}}", f"urn:uuid:{church}", church.replace("-", "")]
    people = [
        person(email=f"person{number}@example.com", role="member", tenant=tenant)
        for number, tenant in enumerate(spelt)
    ]

    result = connectx("users", "import", lines(tmp_path / "all.jsonl", *people), **settings)

    assert result.stdout == "4 imported, 0 already existed, 0 bad lines\n"
    assert {str(row["tenant_id"]) for row in rows(database_url, "SELECT * FROM users")} == {church}


def test_who_was_not_verified_holds_the_address_and_asks_for_a_code(
    settings: dict[str, str], postbox: Postbox, tmp_path: Path
):
    clock = Clock()
    clock.now = datetime.now(UTC) + timedelta(minutes=1)
    file = lines(tmp_path / "all.jsonl", person(verified=False))
    connectx("users", "import", file, **settings)

    with running(clock, **settings) as service:
        taken = service.register()
        waiting = service.login(password=PASSWORD)
        guessed = service.verify("123456")
        service.resend()
        verified = service.verify(postbox.code("ada@example.com"))
        answer = service.login(password=PASSWORD)

    assert taken["__typename"] == "EmailAlreadyExistsError"
    assert waiting["__typename"] == "EmailNotVerifiedError"
    assert guessed["__typename"] == "InvalidOtpError"
    assert verified["__typename"] == "VerifyEmailSuccess"
    assert answer["__typename"] == "LoginSuccess"


def test_a_registration_that_waits_keeps_an_address_until_its_end_and_then_makes_way(
    settings: dict[str, str], database_url: str, tmp_path: Path
):
    now, earlier = Clock(), Clock()
    now.now, earlier.now = datetime.now(UTC), datetime.now(UTC) - timedelta(hours=1)
    with running(now, **settings) as service:
        service.register(email="waits@example.com")
    with running(earlier, **settings) as service:
        service.register(email="ended@example.com")
    file = lines(
        tmp_path / "all.jsonl",
        person(email="waits@example.com"),
        person(email="ended@example.com"),
    )

    tried = connectx("users", "import", "--dry-run", file, **settings)
    result = connectx("users", "import", file, **settings)

    assert tried.stdout == "1 could be imported, 0 already existed, 1 bad lines\n"
    assert result.stdout == "1 imported, 0 already existed, 1 bad lines\n"
    assert (
        tried.stderr
        == result.stderr
        == (
            "line 1: email: is held by a registration that waits for its verification; "
            "import it again once that has ended\n"
        )
    )
    assert stored_hash(database_url, "ended@example.com") == BCRYPT
    assert stored_hash(database_url, "waits@example.com") != BCRYPT


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
