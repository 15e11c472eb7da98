"""Registrations a second, against the hashes a second that the same cores make on their own."""

import statistics
from dataclasses import replace
from itertools import pairwise

from cases import MAILS, REGISTERED, USERS, Case, register
from hashes import Raw, raw
from offering import SERVER_CORES, on
from report import Finding
from rounds import Measured, Side, Turns, counted

_CASE = Case(
    name="register",
    title="register, every feature on",
    goal=0.95,
    request=register,
    expected=REGISTERED,
    per_person=0,  # they make themselves
    stored=USERS,
)
NAMES = ["register1", "register2", "register_bare"]


def registering(real: Side, workers: int, *, turns: Turns) -> Finding:
    """The row of a server with so many workers, which delivers mails as well."""
    measured, raws = _measured(real, workers * len(SERVER_CORES), turns)
    measured.broken += _unsent(real.url)
    what = f"register, every feature on, {workers} worker{'s' if workers > 1 else ''}"
    return _finding(f"register{workers}", what, _CASE.goal, measured, raws)


def bare(side: Side, *, turns: Turns) -> Finding:
    """The row of a route that hashes and inserts one row, and nothing else."""
    measured, raws = _measured(replace(side, path="/register"), len(SERVER_CORES), turns)
    what = "a bare route that hashes, and inserts one row"
    return _finding("register_bare", what, None, measured, raws)


def _measured(side: Side, threads: int, turns: Turns) -> tuple[Measured, list[Raw]]:
    _warm_up(side, turns.seconds)
    measured, raws = Measured(_CASE, side), [_raw(turns.seconds, threads)]
    for number in range(turns.rounds):
        measured.offer(f"{side.port}x{number}-", _enough(turns.seconds), turns.seconds)
        raws.append(_raw(turns.seconds, threads))
        turns.tell(".")
    return measured, raws


def _warm_up(real: Side, seconds: float) -> None:
    Measured(_CASE, real).offer(f"warm{real.port}-", _enough(seconds), seconds / 4)


def _enough(seconds: float) -> int:
    """More registrations than can be hashed: 200 a second on each core."""
    return int(200 * seconds * len(SERVER_CORES))


def _unsent(url: str) -> list[str]:
    """What is wrong, if mails did not leave meanwhile."""
    sent = counted(url, f"{MAILS} WHERE state = 'sent'")
    failed = counted(url, f"{MAILS} WHERE last_error IS NOT NULL")
    return [] if sent and not failed else [f"{sent} mails were sent, and {failed} failed"]


def _raw(seconds: float, threads: int) -> Raw:
    with on(SERVER_CORES):
        return raw(seconds / 2, threads)


def _finding(
    name: str, what: str, goal: float | None, measured: Measured, raws: list[Raw]
) -> Finding:
    finding = Finding(
        name=name,
        what=what,
        against="raw hashes on the same cores",
        ratio=None,
        goal=goal,
        broken=measured.broken,
        numbers={"server": measured.numbers(), "raw": [vars(each) for each in raws]},
    )
    if measured.rates:
        around = [(before.rate + after.rate) / 2 for before, after in pairwise(raws)]
        ratios = [rate / base for rate, base in zip(measured.rates, around, strict=False)]
        finding.ratio = statistics.median(ratios)
        finding.scatter = min(ratios), max(ratios)
        finding.client_cpu = statistics.median(measured.client_cpu)
        hash_ms = statistics.median(each.cpu_ms for each in raws)
        whole_ms = statistics.median(measured.cpu_ms)
        finding.note = (
            f"{measured.rate:.1f} of {statistics.median(around):.1f} a second on "
            f"{len(SERVER_CORES)} core(s); of the CPU alone {hash_ms / whole_ms:.2f} "
            f"({whole_ms:.2f} ms, the hash {hash_ms:.2f}); "
            f"p50 {statistics.median(measured.p50_ms):.0f} ms"
        )
    return finding
