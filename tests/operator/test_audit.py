"""What is kept of registrations, verifications and logins, and of what operators do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from harness.audit_rows import ENTRIES, actions
from harness.database import create_tenant, dump, rows
from harness.operator_commands import audit
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Clock, Service, running
from harness.user_files import lines, person

from server.cli.shared import operator

ADA, NOBODY = "ada@example.com", "nobody@example.org"
PASSWORD = "secure_password"


def test_what_clients_did_is_kept_with_masked_addresses_and_no_secret(
    service: Service, postbox: Postbox, database_url: str
):
    service.register()
    service.register()
    service.login()
    service.verify("000000")
    service.verify(postbox.code(ADA))
    service.login(password="wrong_password")
    service.login()
    service.login(NOBODY)

    entries = rows(database_url, ENTRIES)
    assert [(entry["action"], entry["subject"], entry["detail"]) for entry in entries] == [
        ("registered", "a***@example.com", "role customer"),
        ("address_taken", "a***@example.com", "role customer"),
        ("login_failed", "a***@example.com", "not verified yet"),
        ("verified", "a***@example.com", "by code"),
        ("login_failed", "a***@example.com", "wrong address or password"),
        ("logged_in", "a***@example.com", "by password"),
        ("login_failed", "n***@example.org", "wrong address or password"),
    ]
    assert {entry["actor"] for entry in entries} == {"api"}
    assert len({entry["subject_hash"] for entry in entries}) == 2
    told = str(entries)
    for secret in (ADA, NOBODY, PASSWORD, "wrong_password", postbox.code(ADA), "000000"):
        assert secret not in told


def test_an_import_and_an_export_are_kept_with_how_many_they_were(
    settings: dict[str, str], database_url: str, tmp_path: Path
):
    church = create_tenant(database_url)
    file = lines(
        tmp_path / "in.jsonl",
        person(),
        person(email="grace@example.com", role="pastor", tenant=church),
        b"nonsense",
    )
    begun = datetime.now(UTC)
    for command in (
        ("import", file, "--dry-run"),  # stores nothing
        ("import", file),
        ("import", file),  # finds everybody there already
        ("export", str(tmp_path / "all.jsonl")),
        ("export", str(tmp_path / "church.jsonl"), "--tenant", church),
    ):
        connectx("users", *command, **settings)

    entries = audit(settings, "--actor", operator())
    assert [(entry["action"], entry["subject"], entry["detail"]) for entry in entries] == [
        ("users_exported", "1 user", f"of tenant {church}"),
        ("users_exported", "2 users", "of the deployment"),
        ("users_imported", "2 users", "of lines 1 to 3"),
    ]
    assert all(begun <= datetime.fromisoformat(entry["at"]) for entry in entries)


def test_a_tenants_new_letterhead_is_kept_and_one_that_is_refused_is_not(
    settings: dict[str, str], database_url: str
):
    church = create_tenant(database_url)

    connectx("tenants", "set-mail", church, "--reply-to", "nobody", **settings)
    new = ("--display-name", "Hope", "--sender-name", "", "--reply-to", "office@hope.example")
    connectx("tenants", "set-mail", church, *new, **settings)

    [entry] = audit(settings, "--actor", operator())
    assert (entry["action"], entry["subject"]) == ("letterhead_set", church)
    assert entry["detail"] == ("display name: Hope; sender name: none; reply-to: o***@hope.example")


def test_the_longest_address_fits_masked(service: Service, database_url: str):
    domain = ".".join(["x" * 63] * 3 + ["y" * 56, "com"])
    address = f"a@{domain[-252:]}"

    answer = service.login(address)

    assert len(address) == 254
    assert answer["__typename"] == "InvalidCredentialsError"
    assert rows(database_url, ENTRIES)[0]["subject"] == f"a***@{domain[-252:]}"[:254]


def test_entries_are_removed_when_they_are_old(settings: dict[str, str], database_url: str):
    now = datetime.now(UTC)
    for days in (364, 366):
        clock = Clock()
        clock.now = now - timedelta(days=days)
        with running(clock, **settings) as service:
            service.login(f"days{days}@example.com")
        rows(database_url, "DELETE FROM counters")

    shipped = connectx("db", "sweep", **settings)
    kept = len(rows(database_url, ENTRIES))
    sooner = connectx("db", "sweep", **settings, AUDIT_DAYS="30")

    assert shipped.stdout.endswith(", 1 audit entries\n")
    assert kept == 1
    assert sooner.stdout.endswith(", 1 audit entries\n")
    assert rows(database_url, ENTRIES) == []


@pytest.mark.parametrize("conceals", ["true", "false"])
def test_a_taken_address_has_as_many_entries_as_a_new_one(
    settings: dict[str, str], database_url: str, tmp_path: Path, conceals: str
):
    policy = tmp_path / "discreet.toml"
    policy.write_text(
        'roles = ["buyer"]\ndefaultRole = "buyer"\nverificationMethods = ["OTP"]\n'
        f"concealExistingAccounts = {conceals}\n"
    )
    clock = Clock()
    with running(clock, **settings, POLICY=str(policy)) as service:
        service.register()
        clock.advance(minutes=1)
        service.register()

    assert actions(database_url) == ["registered", "address_taken"]
    assert PASSWORD not in dump(database_url)
