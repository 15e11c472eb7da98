"""What clients and processes tell of a soak, without the database."""

from collections.abc import Iterator, Mapping, Sequence

from soak.checks import Check
from soak.faults import WORKER, Fault
from soak.ledger import Ledger, LostRequest
from soak.samples import MORE_DESCRIPTORS, Samples

_AROUND = 1.0
"""Seconds by which a client may notice the end of a worker before or after it is recorded."""


def answers(ledger: Ledger, faults: Sequence[Fault]) -> Iterator[Check]:
    total = sum(map(len, ledger.times.values()))
    yield Check("no answer was an InternalError", total, ledger.bugs)
    yield Check("every answer was one that its request can have", total, ledger.strange)
    kills = [fault for fault in faults if fault.kind == WORKER]
    unexplained = [
        f"{lost.operation} after {lost.ended - lost.began:.1f} s, at {lost.ended:.1f}"
        for lost in ledger.lost
        if not any(_cuts(kill, lost) for kill in kills)
    ]
    yield Check("no request was lost, except with its worker", len(ledger.lost), unexplained)
    confirmed = [each for each in ledger.people.values() if each.confirmed_at is not None]
    untold = [
        f"{each.email}, after {each.reconnects} reconnects"
        for each in confirmed
        if each.told_at is None
    ]
    yield Check("every subscriber was told of the verification", len(confirmed), untold)


def processes(
    samples: Samples,
    faults: Sequence[Fault],
    *,
    began_with: int,
    now: Mapping[int, int],
) -> Iterator[Check]:
    """`began_with` and `now` are numbers of open file descriptors, before and after the load."""
    killed = {fault.detail for fault in faults if fault.kind == WORKER}
    ended = [f"process {pid}" for pid in samples.lives if pid not in now]
    gone = [each for each in ended if each not in killed]
    yield Check("no worker ended, except those that were killed", len(samples.lives), gone)
    long = [life for life in samples.lives.values() if life.is_long]
    grown = [problem for life in long for problem in life.growth()]
    yield Check("memory and descriptors of long-lived workers are flat", len(long), grown)
    open_ = [
        f"process {pid}: {began_with} and then {count}"
        for pid, count in now.items()
        if count > began_with + MORE_DESCRIPTORS
    ]
    yield Check("descriptors are back after the load", len(now), open_)


def logged(output: str) -> Check:
    """The server's log. Outages have lines, and bugs have a traceback."""
    lines = output.splitlines()
    tracebacks = [line for line in lines if '"exception":' in line or line.startswith("Traceback")]
    return Check("the server's log has no traceback", len(lines), tracebacks)


def _cuts(kill: Fault, lost: LostRequest) -> bool:
    return lost.began - _AROUND <= kill.began <= lost.ended + _AROUND
