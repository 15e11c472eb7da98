"""The tables of a soak, in Markdown."""

from collections import Counter
from collections.abc import Iterator, Sequence

from timing import median_ms, percentile_ms

from soak.checks import Check
from soak.faults import Fault
from soak.ledger import Ledger
from soak.samples import Life, Samples


def tables(
    ledger: Ledger, faults: Sequence[Fault], samples: Samples, checks: Sequence[Check]
) -> Iterator[str]:
    """Operations, faults, workers and invariants."""
    yield from _table(
        ["operation", "answers", "p50", "p99"], map(_operation(ledger), ledger.outcomes)
    )
    told = [
        person.told_at - person.confirmed_at
        for person in ledger.people.values()
        if person.told_at is not None and person.confirmed_at is not None
    ]
    if told:
        yield (
            f"From the answer to a verification until its subscriber was told: median "
            f"{median_ms(told):.0f} ms, p99 {percentile_ms(told, 99):.0f} ms."
        )
        yield ""
    counted = Counter(fault.kind for fault in faults)
    yield from _table(["fault", "times"], ([kind, str(count)] for kind, count in counted.items()))
    yield from _table(
        ["worker", "seconds", "MiB first, middle, last", "descriptors first, middle, last"],
        map(_worker, samples.lives.values()),
    )
    yield from [
        "| invariant | checked | holds |",
        "|---|---|---|",
        *(each.row() for each in checks),
    ]


def _operation(ledger: Ledger):  # noqa: ANN202 - a function for map
    def row(operation: str) -> list[str]:
        counts = ledger.outcomes[operation].most_common()
        told = ", ".join(f"{count} {outcome}" for outcome, count in counts)
        times = ledger.times.get(operation)
        if not times:
            return [operation, told, "", ""]
        p50, p99 = median_ms(times), percentile_ms(times, 99)
        return [operation, told, f"{p50:.0f} ms", f"{p99:.0f} ms"]

    return row


def _worker(life: Life) -> list[str]:
    mib = ", ".join(f"{each:.1f}" for each in life.thirds(life.mib))
    descriptors = ", ".join(f"{each:.0f}" for each in life.thirds(life.descriptors))
    return [str(life.pid), f"{life.seconds:.0f}", mib, descriptors]


def _table(head: Sequence[str], rows: Iterator[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for cells in rows:
        yield f"| {' | '.join(cells)} |"
    yield ""
