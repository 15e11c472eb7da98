"""`connectx audit` shows what is kept, the newest first, and searches it."""

import pytest
from harness.operator_commands import audit
from harness.processes import connectx
from harness.service import Service

from accounts.audit import Action

ADA, NOBODY = "ada@example.com", "nobody@example.org"


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
