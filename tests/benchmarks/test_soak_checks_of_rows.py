"""The checks of `make soak` find what is broken in the database, and nothing in what is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from harness.database import rows
from harness.settings import SECRET_KEY
from harness.soak_checks import broken, on_postgres

if TYPE_CHECKING:
    from soak.ledger import Ledger

# Only past the database's own constraints can a row be an orphan.
UNCHECKED = "ALTER TABLE {} DISABLE TRIGGER ALL"


def stored(url: str, ledger: Ledger) -> set[str]:
    from soak.invariants import Database

    return broken(Database(url, ledger, secret_key=SECRET_KEY).checks())


WHOLE = "who was told to be registered has a user, a verification and a mail"
ORPHANS = "no row is without the row that it belongs to"
GUESSES = "a code was guessed five times at most, each counted once"


@on_postgres
@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([], set()),
        (["DELETE FROM outgoing_mails WHERE recipient LIKE 'ada%'"], {WHOLE, ORPHANS}),
        (["UPDATE users SET is_verified = FALSE"], {"who was told to be verified is"}),
        (
            ["DELETE FROM audit_entries WHERE action = 'registered'"],
            {"the audit has one entry `registered` for each"},
        ),
        ([UNCHECKED.format("sessions"), "UPDATE sessions SET user_id = id"], {ORPHANS}),
        (
            ["UPDATE users SET email = 'eve@example.com' WHERE email LIKE 'bob%'"],
            {
                WHOLE,
                ORPHANS,
                "every user has asked for it",
                "the audit has one entry `registered` for each",
            },
        ),
    ],
)
def test_a_row_that_is_missing_or_too_much_is_found(
    ledger: Ledger, database_url: str, statements: list[str], expected: set[str]
):
    for statement in statements:
        rows(database_url, statement)

    assert stored(database_url, ledger) == expected


@on_postgres
def test_answers_that_do_not_fit_together_are_found(ledger: Ledger, database_url: str):
    ada, bob = ledger.people.values()
    ada.guesses[-1] = [4, 3, 2, 2, 1, 0]
    bob.user_ids.add("019b7e00-0000-7000-8000-000000000000")

    assert stored(database_url, ledger) == {
        GUESSES,
        "all answers about an address name one user and one registration",
    }


@on_postgres
def test_a_deleted_user_who_is_still_there_is_found(ledger: Ledger, database_url: str):
    ledger.people["bob1@example.com"].deleted = True

    assert "a deleted user has no session, no verification and no mail" in stored(
        database_url, ledger
    )
