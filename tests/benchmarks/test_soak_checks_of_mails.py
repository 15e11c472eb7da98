"""The checks of `make soak` find mails that are lost, or that arrived twice for no reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.database import rows
from harness.soak_checks import broken, on_postgres

if TYPE_CHECKING:
    from soak.ledger import Ledger


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
