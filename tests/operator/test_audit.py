"""What is kept of registrations, verifications and logins, and how `connectx audit` shows it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from harness.audit_rows import ENTRIES, actions
from harness.database import create_tenant, dump, rows
from harness.inbox import Postbox
from harness.processes import connectx
from harness.service import Clock, Service, running
from harness.user_files import lines, person

from accounts.audit import Action
from server.cli.operator import operator

ADA, NOBODY = "ada@example.com", "nobody@example.org"
PASSWORD = "secure_password"


def audit(settings: dict[str, str], *options: str) -> list[dict[str, Any]]:
    result = connectx("audit", "--json", *options, **settings)
    assert (result.returncode, result.stderr) == (0, "")
    return json.loads(result.stdout)


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


def test_the_audit_is_shown_newest_first_and_searched_by_the_whole_address(
    service: Service, settings: dict[str, str]
):
    service.register()
    service.clock.advance(seconds=1)
    service.login(NOBODY)
    service.clock.advance(seconds=1)
    service.login("NADA@example.org")

    everything = audit(settings)
    assert [(entry["action"], entry["subject"]) for entry in everything] == [
        ("login_failed", "n***@example.org"),
        ("login_failed", "n***@example.org"),
        ("registered", "a***@example.com"),
    ]
    assert list(everything[0]) == ["id", "at", "actor", "action", "subject", "detail"]
    assert everything[2]["at"] == "2026-01-02T03:04:05.678901+00:00"
    assert audit(settings, "--email", "Nobody@Example.org") == [everything[1]]
    assert audit(settings, "--action", "registered", "--actor", "api") == [everything[2]]
    assert audit(settings, "--since", "2026-01-02T03:04:07") == [everything[0]]
    assert audit(settings, "--since", "1h") == []
    assert audit(settings, "--limit", "1") == [everything[0]]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_address_is_found_after_its_key_was_rotated(service: Service, settings: dict[str, str]):
    service.register()

    rotated = {**settings, "SECRET_KEY": f"{'n' * 32},{settings['SECRET_KEY']}"}

    assert [entry["action"] for entry in audit(rotated, "--email", ADA)] == ["registered"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("option", "typed", "takes"),
    [
        ("--since", "yesterday", "takes a span such as 30m, 12h, 2d or 1w, or a date such as "),
        ("--since", "99999999w", "takes a span such as 30m, 12h, 2d or 1w, or a date such as "),
        ("--email", "ada", "An email address must have an @-sign."),
        ("--action", "nope", f"takes one of {', '.join(Action)}"),
        ("--limit", "0", "takes a whole number of at least 1"),
        ("--limit", "few", "takes a whole number of at least 1"),
    ],
)
def test_a_search_that_cannot_be_read_is_a_wrong_usage(
    settings: dict[str, str], option: str, typed: str, takes: str
):
    result = connectx("audit", option, typed, **settings)

    assert (result.returncode, result.stdout) == (2, "")
    told = " ".join(result.stderr.replace("│", "").split())
    assert told.count(f"Invalid value for '{option}': {takes}") == 1
    assert "Value error" not in told


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
