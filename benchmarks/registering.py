"""Registrations a second, against the hashes a second that the same cores make on their own."""

import statistics
from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from builds import hashing_by
from cases import MAILS, REGISTERED, USERS, Case, register
from hashes import Raw, raw
from offering import SERVER_CORES, on
from report import Finding
from rounds import Measured, Side, Turns, counted
from sink import sinking
from stage import Stage

_WHEEL_GOAL = 0.93
"""A hash of the wheel takes longer, so that the rest is a smaller part."""

_CASE = Case(
    name="register",
    title="register, every feature on",
    goal=0.85,
    request=register,
    expected=REGISTERED,
    per_person=0,  # they make themselves
    stored=USERS,
)
WITH_WHEEL = ["wheel1", "wheel2", "wheel_bare"]
NAMES = ["register1", "register2", "register_bare", *WITH_WHEEL]


def rows(
    stage: Stage, only: Container[str], *, wheel: Path | None, turns: Turns
) -> Iterator[Finding]:
    """All but the first one, whose server also has its memory measured."""
    if "register2" in only:
        yield _served(stage, 2, None, turns)
    if "register_bare" in only:
        yield _bare(stage, None, turns)
    for name, workers in ("wheel1", 1), ("wheel2", 2):
        if name in only and wheel:
            yield _served(stage, workers, wheel, turns)
    if "wheel_bare" in only and wheel:
        yield _bare(stage, wheel, turns)


def _served(stage: Stage, workers: int, build: Path | None, turns: Turns) -> Finding:
    with (
        hashing_by(build),
        sinking() as sink,
        stage.real("--workers", str(workers), SMTP_URL=sink) as real,
    ):
        return registering(real, workers, build=build, turns=turns)


def registering(real: Side, workers: int, *, build: Path | None = None, turns: Turns) -> Finding:
    """The row of a server with so many workers, which delivers mails as well.

    `build` is the one that it hashes by; None: the installed one.
    """
    measured, raws = _measured(real, workers * len(SERVER_CORES), build, turns)
    measured.broken += _unsent(real.url)
    what = f"register, every feature on, {workers} worker{'s' if workers > 1 else ''}"
    finding = _finding(f"{_name(build)}{workers}", what, build, measured, raws)
    finding.goal = _WHEEL_GOAL if build else _CASE.goal
    return finding


def _bare(stage: Stage, build: Path | None, turns: Turns) -> Finding:
    """The row of a route that hashes and inserts one row, and nothing else."""
    with hashing_by(build), stage.bare(reset=False) as side:
        route = replace(side, path="/register")
        measured, raws = _measured(route, len(SERVER_CORES), build, turns)
    what = "a bare route that hashes, and inserts one row"
    return _finding(f"{_name(build)}_bare", what, build, measured, raws)


def _name(build: Path | None) -> str:
    return "wheel" if build else "register"


def _measured(
    side: Side, threads: int, build: Path | None, turns: Turns
) -> tuple[Measured, list[Raw]]:
    _warm_up(side, turns.seconds)
    measured, raws = Measured(_CASE, side), [_raw(turns.seconds, threads, build)]
    for number in range(turns.rounds):
        measured.offer(f"{side.port}x{number}-", _enough(turns.seconds), turns.seconds)
        raws.append(_raw(turns.seconds, threads, build))
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


def _raw(seconds: float, threads: int, build: Path | None) -> Raw:
    with on(SERVER_CORES):
        return raw(seconds / 2, threads, path=str(build or ""))


def _finding(
    name: str, what: str, build: Path | None, measured: Measured, raws: list[Raw]
) -> Finding:
    finding = Finding(
        name=name,
        what=f"{what}, Argon2 of the published wheel" if build else what,
        against=f"raw hashes {'of the wheel ' if build else ''}on the same cores",
        ratio=None,
        goal=None,
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
