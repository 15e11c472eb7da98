"""The checks of `make soak` find what is broken, and nothing in what is whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from harness.database import rows
from harness.inbox import Postbox, eventually, wrong
from harness.paths import ROOT
from harness.service import Service

if TYPE_CHECKING:
    from soak.checks import Check
    from soak.ledger import Ledger

on_postgres = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

# Only past the database's own constraints can a row be an orphan.
UNCHECKED = "ALTER TABLE {} DISABLE TRIGGER ALL"


@pytest.fixture(autouse=True)
def benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The soak can be imported, as by its own command."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))


@pytest.fixture
def ledger(service: Service, postbox: Postbox, database_url: str) -> Ledger:
    """Ada is verified after a wrong guess, Bob is not, and both mails are recorded as sent."""
    from soak.ledger import Ledger

    ledger = Ledger()
    for name in ("ada", "bob"):
        person = ledger.new_person(name)
        person.asked = True
        ledger.learn(person, service.register(email=person.email))
    ada = ledger.people["ada0@example.com"]
    code = postbox.code(ada.email)
    ledger.learn(ada, service.verify(wrong(code), email=ada.email))
    ledger.learn(ada, service.verify(code, email=ada.email))
    service.login(email=ada.email)
    sent = "SELECT id FROM outgoing_mails WHERE state = 'sent'"
    eventually(lambda: len(rows(database_url, sent)) == 2, "sent mails")
    return ledger


def broken(checks: Iterator[Check]) -> set[str]:
    return {check.what for check in checks if check.broken}


def stored(url: str, ledger: Ledger) -> set[str]:
    from harness.settings import SECRET_KEY
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


def delivered(url: str, ledger: Ledger, *copies: tuple[str, float], faults: tuple = ()) -> set[str]:
    from soak.delivery import delivery
    from soak.faults import Fault
    from soak.inbox import Arrival

    ids = {row["recipient"]: str(row["id"]) for row in rows(url, "SELECT * FROM outgoing_mails")}
    arrivals = [Arrival(at, 2525, to, ids.get(to, to), None, None) for to, at in copies]
    return broken(delivery(url, ledger, arrivals, [Fault(*fault) for fault in faults]))


ADA, BOB = "ada0@example.com", "bob1@example.com"


@on_postgres
def test_a_mail_that_did_not_arrive_or_that_nobody_sent_is_found(ledger: Ledger, database_url: str):
    every, known = "every mail arrived", "every mail that arrived is in the outbox"

    assert delivered(database_url, ledger, (ADA, 1), (BOB, 2)) == set()
    assert delivered(database_url, ledger, (ADA, 1)) == {every}
    assert delivered(database_url, ledger, (ADA, 1), (BOB, 2), ("eve@x.example", 3)) == {known}
    rows(database_url, "UPDATE outgoing_mails SET state = 'failed' WHERE recipient LIKE 'ada%'")
    assert delivered(database_url, ledger, (ADA, 1), (BOB, 2)) == {
        "the outbox is empty and no mail has failed"
    }


@on_postgres
def test_a_mail_that_arrived_twice_needs_a_fault_just_after_its_first_copy(
    ledger: Ledger, database_url: str
):
    def unexplained(*fault: object) -> bool:
        copies = ((ADA, 50.0), (BOB, 50.0), (ADA, 120.0))
        found = delivered(database_url, ledger, *copies, faults=(fault,))
        assert found <= {"what arrived again was being handed over when something was cut"}
        return bool(found)

    its_port, another = frozenset({2525}), frozenset({2526})
    assert not unexplained("a worker killed", 52.0, 52.0, "", its_port)
    assert unexplained("a worker killed", 52.0, 52.0, "", another)
    assert unexplained("a worker killed", 48.0, 48.0, "", its_port)
    assert unexplained("a worker killed", 60.0, 60.0, "", its_port)
    assert not unexplained("SMTP restarted", 51.0, 53.0)
    assert unexplained("SMTP restarted", 45.0, 49.0)
    assert not unexplained("the database restarted", 42.0, 46.0)
    assert unexplained("the database restarted", 40.0, 44.0)


def test_a_lost_request_without_a_kill_and_an_untold_subscriber_are_found():
    from soak.answers import answers
    from soak.faults import Fault
    from soak.ledger import Ledger, LostRequest

    ledger = Ledger()
    ada = ledger.new_person("ada")
    ada.confirmed_at, ada.told_at = 1.0, 2.0
    ledger.lost.append(LostRequest("login", 10.0, 11.0))
    kill = Fault("a worker killed", 10.5, 10.5)

    assert broken(answers(ledger, [kill])) == set()
    ada.told_at = None
    ledger.bugs.append("login: InternalError")
    assert broken(answers(ledger, [])) == {
        "no answer was an InternalError",
        "no request was lost, except with its worker",
        "every subscriber was told of the verification",
    }


def test_a_traceback_in_the_log_is_found():
    from soak.answers import logged

    line = '{"event":"incident 1","level":"error"'
    outage = logged(f"connectx is starting\n{line}}}")
    bug = logged(f'connectx is starting\n{line},"exception":"Traceback"}}')

    assert (outage.count, outage.broken) == (2, [])
    assert len(bug.broken) == 1


def test_a_worker_that_grows_or_ends_by_itself_is_found():
    from soak.answers import processes
    from soak.samples import Life, Samples

    samples = Samples(0)
    seconds = [float(second) for second in range(180)]
    samples.lives = {7: Life(7, seconds, [100.0] * 180, [30.0] * 180)}
    common = {"began_with": 20}

    assert broken(processes(samples, [], now={7: 30}, **common)) == set()
    assert broken(processes(samples, [], now={7: 36}, **common)) == {
        "descriptors are back after the load"
    }
    assert broken(processes(samples, [], now={}, **common)) == {
        "no worker ended, except those that were killed"
    }
    samples.lives[7].mib[120:] = [106.0] * 60
    assert broken(processes(samples, [], now={7: 30}, **common)) == {
        "memory and descriptors of long-lived workers are flat"
    }
