"""The operations that hash nothing, against bare routes that run the same SQL."""

import math
import statistics
from collections.abc import Collection, Iterator
from dataclasses import replace

import people
from cases import Case, cases
from report import Finding
from rounds import Measured, Side, Turns, take_turns
from stage import Stage
from statements import differences, logged, trace

NAMES = [case.name for case in cases("")]


def operations(
    stage: Stage, real: Side, only: Collection[str], *, turns: Turns
) -> Iterator[Finding]:
    """A row for each operation of `only`; `real` delivers no mails."""
    chosen = [case for case in cases(stage.tenant) if case.name in only]
    if not chosen:
        return
    logged(stage.cluster, on=True)
    traces = {case.name: trace(stage.cluster, real.port, real.path, case) for case in chosen}
    with stage.bare(reset=any(each.resets for each in traces.values())) as bare:
        apart = {}
        for case in chosen:
            plain = trace(stage.cluster, bare.port, f"/{case.name}", case)
            apart[case.name] = differences(case, traces[case.name], plain)
        logged(stage.cluster, on=False)
        people.make(stage.url, "planner", 5000)
        stage.cluster.execute("ANALYZE")
        for case in chosen:
            sides = [real, replace(bare, path=f"/{case.name}")]
            here, there = take_turns(case, sides, turns=turns)
            yield _finding(case, here, there, apart[case.name])


def _finding(case: Case, real: Measured, bare: Measured, apart: list[str]) -> Finding:
    broken = [*real.broken, *(f"bare: {each}" for each in bare.broken)]
    finding = Finding(
        name=case.name,
        what=case.title,
        against="a bare route" if case.per_person or "tenant" in case.name else "bare JSON",
        ratio=None,
        goal=case.goal,
        broken=broken,
        numbers={"apart": apart},
    )
    if not real.rates or not bare.rates:
        return finding
    ratios = [here / there for here, there in zip(real.rates, bare.rates, strict=False)]
    finding.ratio = statistics.median(ratios)
    finding.scatter = min(ratios), max(ratios)
    finding.client_cpu = statistics.median([*real.client_cpu, *bare.client_cpu])
    real_ms, bare_ms = statistics.median(real.cpu_ms), statistics.median(bare.cpu_ms)
    # The system counts CPU in ticks of 10 ms, of which a quick round may have none.
    cpu = bare_ms / real_ms if real_ms else math.nan
    finding.note = (
        f"{real.rate:.0f} and {bare.rate:.0f} a second; of the server's CPU alone {cpu:.2f} "
        f"({real_ms:.2f} and {bare_ms:.2f} ms)"
    )
    if apart:
        finding.note += "; THE SQL OR THE ANSWER DIFFERS, see below"
    finding.numbers = {"server": real.numbers(), "bare": bare.numbers(), "apart": apart}
    return finding
