"""`connectx users import`: all that a line says of a person comes in."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from harness.database import create_tenant, rows
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Clock, running
from harness.user_files import BCRYPT, PASSWORD, lines, person, stored_hash


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
