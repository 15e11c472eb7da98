"""Which mails arrived, how often, and what may have made one arrive twice."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from harness.database import rows

from soak.checks import Check
from soak.faults import DATABASE, SMTP, WORKER, Fault
from soak.inbox import Arrival
from soak.ledger import Ledger

_UNRECORDED = 5.0
"""Seconds that an arrived mail may wait until its worker has recorded it. A worker records a batch
of at most 20 mails together, once each of them was tried."""


def delivery(
    url: str, ledger: Ledger, arrivals: Sequence[Arrival], faults: Sequence[Fault]
) -> Iterator[Check]:
    """At least once is what docs/mails.md promises. More than once needs a fault as its reason."""
    mails = rows(url, "SELECT * FROM outgoing_mails WHERE state <> 'decoy'")
    copies: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        copies[arrival.id].append(arrival)

    unsent = [f"{mail['id']}: {mail['last_error']}" for mail in mails if mail["state"] != "sent"]
    yield Check("the outbox is empty and no mail has failed", len(mails), unsent)
    lost = [
        f"{mail['id']} to {mail['recipient']}" for mail in mails if str(mail["id"]) not in copies
    ]
    yield Check("every mail arrived", len(mails), lost)

    known = {str(mail["id"]) for mail in mails}
    deleted = {person.email for person in ledger.people.values() if person.deleted}
    unknown = [
        f"{first.id} to {first.to}"
        for first, *_ in copies.values()
        if first.id not in known and first.to not in deleted
    ]
    yield Check("every mail that arrived is in the outbox", len(copies), unknown)

    twice = [(one, two) for each in copies.values() for one, two in zip(each, each[1:])]  # noqa: B905, RUF007 - pairs
    unexplained = [
        f"{one.id} to {one.to}: at {one.at:.1f} and {two.at:.1f}"
        for one, two in twice
        if not any(_explains(fault, one) for fault in faults)
    ]
    yield Check(
        "what arrived again was being handed over when something was cut", len(twice), unexplained
    )


def _explains(fault: Fault, first: Arrival) -> bool:
    """Whether the fault may have kept the first copy from being recorded.

    The copy came at most `_UNRECORDED` seconds before the fault. For a killed worker, it came over
    one of the connections that this worker had when it was killed. While the database is away, and
    until workers have connected to it again, mails are handed over and cannot be recorded.
    """
    if first.at < fault.began - _UNRECORDED:
        return False
    match fault.kind:
        case kind if kind == WORKER:
            return first.at <= fault.ended and first.port in fault.mail_ports
        case kind if kind == SMTP:
            return first.at <= fault.ended
        case kind if kind == DATABASE:
            return first.at <= fault.ended + _UNRECORDED
    return False
