"""A row of the table: one load, and what came of it."""

from dataclasses import dataclass

from cases import UNAVAILABLE
from orders import Load
from timing import median_ms, percentile_ms

HEAD = (
    "| load | workers | served | refused | median | p99 | longest | refused within | goal | met |\n"
    + "|---" * 10
    + "|"
)


@dataclass
class Row:
    what: str
    workers: int
    load: Load
    kind: bytes
    goal: str
    met: bool

    def __str__(self) -> str:
        served = self.load.times.get(self.kind.decode(), ())
        refused = self.load.times.get(UNAVAILABLE.decode(), ())
        cells = [
            self.what,
            str(self.workers),
            f"{len(served)} ({len(served) / self.load.seconds:.0f}/s)",
            str(len(refused)),
            f"{median_ms(served):.0f} ms" if served else "",
            f"{percentile_ms(served, 99):.0f} ms" if served else "",
            f"{max(served) * 1000:.0f} ms" if served else "",
            f"{percentile_ms(refused, 99):.0f} ms" if refused else "",
            self.goal,
            "yes" if self.met else "no",
        ]
        return f"| {' | '.join(cells)} |"
