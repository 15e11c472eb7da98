"""Registrations beyond what the hashing can do: for whom they are slow, and who notices."""

import math
import statistics
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import people
from cases import REGISTERED, UNAVAILABLE, USERS, register, verify_wrong
from offering import SERVER_CORES, offer
from orders import Load, Order, evenly
from report import Finding
from rounds import Side, Turns, counted
from timing import median_ms, percentile_ms

NAMES = ["overload", "bystanders"]
"""`make admission` has more of the kind, on all cores."""

_ADMITTED, _REFUSED = REGISTERED.decode(), UNAVAILABLE.decode()
_GUESS = b'"__typename":"InvalidOtpError"'
_ADMITTED_MS = 2500.0
_REFUSAL_MS = 50.0
_SERVED = 0.9
"""Of the capacity, while four times as many come."""


@dataclass(frozen=True)
class Overload:
    """What `times` times the capacity did to those who came."""

    unloaded: Load
    capacity: float
    """Registrations a second."""
    rate: float
    """What was offered a second."""
    load: Load
    broken: list[str]

    @property
    def unloaded_ms(self) -> float:
        return median_ms(self.unloaded.times[_ADMITTED])

    @property
    def served(self) -> float:
        """Registrations a second, while many more came."""
        return self.load.count(_ADMITTED) / self.load.seconds

    def p99_ms(self, kind: str) -> float:
        times = self.load.times.get(kind)
        return percentile_ms(times, 99) if times else float("nan")

    def lines(self) -> Iterator[str]:
        """For people."""
        yield (
            f"capacity {self.capacity:.1f} a second, unloaded {self.unloaded_ms:.1f} ms; "
            f"{self.load.total} offered, {self.rate:.0f} a second"
        )
        for name, kind in (("admitted", _ADMITTED), ("refused", _REFUSED)):
            if times := self.load.times.get(kind):
                yield (
                    f"{name} {len(times)}: median {median_ms(times):.1f} ms, "
                    f"p99 {percentile_ms(times, 99):.1f} ms, longest {max(times) * 1000:.1f} ms"
                )
        cpu = self.load.cpu / self.load.seconds
        yield f"client: {cpu:.0%} of a core, at worst {self.load.late * 1000:.1f} ms late"


def requests(name: str, count: int) -> list[bytes]:
    """Registrations of people named `name`."""
    return [register("/graphql", name, number) for number in range(count)]


def overload(side: Side, *, times: float, seconds: float, name: str) -> Overload:
    """Offers `times` times the capacity, whether answers come or not."""
    kinds = [REGISTERED, UNAVAILABLE]
    before = counted(side.url, USERS)
    many = int(400 * seconds * len(SERVER_CORES)) + 10
    one = requests(f"{name}alone", many)
    unloaded = offer(Order(side.port, one, max(seconds / 2, 0.3), kinds, connections=1))
    full = requests(f"{name}full", many)
    at_best = offer(Order(side.port, full, seconds, kinds, connections=4 * len(SERVER_CORES)))
    capacity = at_best.count(_ADMITTED) / at_best.seconds
    rate = capacity * times
    crowd = requests(f"{name}crowd", int(rate * seconds))
    load = offer(
        Order(side.port, crowd, seconds, kinds, connections=400, due=evenly(rate, seconds))
    )
    loads = (unloaded, at_best, load)
    broken = [f"neither: {each.strange[-300:]!r}" for each in loads if each.count("strange")]
    admitted = sum(each.count(_ADMITTED) for each in loads)
    if (grown := counted(side.url, USERS) - before) != admitted:
        broken.append(f"{admitted} admitted and {grown} rows")
    return Overload(unloaded, capacity, rate, load, broken)


def overloaded(real: Side, *, seconds: float) -> Iterator[Finding]:
    """Rows for how many are admitted, how long they wait, and for those who are refused."""
    found = overload(real, times=4, seconds=seconds, name="at4")
    note = "; ".join(found.lines())
    common = {"client_cpu": found.load.cpu / found.load.seconds, "broken": found.broken}
    admitted, refused = found.p99_ms(_ADMITTED), found.p99_ms(_REFUSED)
    measured = not math.isnan(refused)
    yield Finding(
        name="overload",
        what="p99 of register at 4 times the capacity, admitted",
        against=f"{_ADMITTED_MS:.0f} ms",
        ratio=admitted / _ADMITTED_MS,
        goal=1.0,
        at_least=False,
        note=note,
        numbers={"admitted_p99_ms": admitted, "unloaded_ms": found.unloaded_ms},
        **common,
    )
    yield Finding(
        name="overload_served",
        what="registrations a second at 4 times the capacity",
        against="the capacity",
        ratio=found.served / found.capacity,
        goal=_SERVED,
        note=f"{found.served:.1f} of {found.capacity:.1f} a second",
        numbers={"served": found.served, "capacity": found.capacity},
        **common,
    )
    yield Finding(
        name="overload_refused",
        what="p99 of the others, refused",
        against=f"{_REFUSAL_MS:.0f} ms",
        ratio=refused / _REFUSAL_MS if measured else None,
        goal=1.0,
        at_least=False,
        note=f"{refused:.1f} ms" if measured else "nobody was refused",
        numbers={"refused_p99_ms": refused},
        **common,
    )


def bystanders(real: Side, *, turns: Turns) -> Iterator[Finding]:
    """VerifyEmail at 50 a second, with and without registrations that saturate the hashing."""
    calm: list[Load] = []
    crowded: list[Load] = []
    with ThreadPoolExecutor(1) as beside:
        _guesses(real, "guess-warm-", turns.seconds / 4)
        for number in range(turns.rounds):
            calm.append(_guesses(real, f"guess-calm-{number}-", turns.seconds))
            many = requests(f"beside{number}-", int(400 * turns.seconds * len(SERVER_CORES)) + 10)
            order = Order(real.port, many, turns.seconds + 0.5, [REGISTERED, UNAVAILABLE])
            registering = beside.submit(offer, order)
            crowded.append(_guesses(real, f"guess-crowd-{number}-", turns.seconds))
            registering.result()
            turns.tell(".")
    kind = _GUESS.decode()
    p99s = [[percentile_ms(load.times[kind], 99) for load in loads] for loads in (calm, crowded)]
    ratios = [there / here for here, there in zip(*p99s, strict=True)]
    before, during = (statistics.median(each) for each in p99s)
    yield Finding(
        name="bystanders",
        what="p99 of verifyEmail while registrations saturate the hashing",
        against="the same without registrations",
        ratio=statistics.median(ratios),
        scatter=(min(ratios), max(ratios)),
        goal=3.0,
        at_least=False,
        client_cpu=statistics.median(load.cpu / load.seconds for load in [*calm, *crowded]),
        note=f"{during:.1f} and {before:.1f} ms",
        broken=[f"failed: {x.strange[-300:]!r}" for x in [*calm, *crowded] if x.count("strange")],
        numbers={"calm_p99_ms": p99s[0], "crowded_p99_ms": p99s[1]},
    )


def _guesses(side: Side, name: str, seconds: float) -> Load:
    count = int(50 * seconds) + 1
    people.make(side.url, name, count)
    guesses = [verify_wrong("/graphql", name, number) for number in range(count)]
    return offer(
        Order(side.port, guesses, seconds, [_GUESS], connections=32, due=evenly(50, seconds))
    )
