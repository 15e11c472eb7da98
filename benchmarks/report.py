"""What a benchmark found, as a table for people and as JSON."""

from dataclasses import asdict, dataclass, field
from typing import Any

import orjson


@dataclass
class Finding:
    """One row. `ratio` None: not measured, and `note` says why."""

    name: str
    what: str
    against: str
    ratio: float | None
    goal: float | None
    """None: measured for comparison."""
    at_least: bool = True
    """Whether the goal is the least that the ratio may be, or the most."""
    scatter: tuple[float, float] | None = None
    """The ratio of the worst and of the best round."""
    client_cpu: float | None = None
    note: str = ""
    broken: list[str] = field(default_factory=list)
    numbers: dict[str, Any] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        if self.ratio is None or self.goal is None:
            return None
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def row(self) -> str:
        """A row of a Markdown table."""
        sign = "≥" if self.at_least else "≤"
        ratio = "–" if self.ratio is None else f"{self.ratio:.2f}"
        scatter = f"{self.scatter[0]:.2f}–{self.scatter[1]:.2f}" if self.scatter else ""
        met = {True: "yes", False: "no", None: ""}[self.met]
        if self.ratio is None:
            met = "not measured"
        if self.broken:
            met = "BROKEN"
        client = "" if self.client_cpu is None else f"{self.client_cpu:.0%}"
        goal = "" if self.goal is None else f"{sign} {self.goal:.2f}"
        cells = [self.what, self.against, ratio, scatter, goal, met, client]
        return f"| {' | '.join([*cells, self.note])} |"


HEAD = "| what | against | ratio | rounds | goal | met | client's core | |\n" + "|---" * 8 + "|"


def as_json(findings: list[Finding], machine: dict[str, Any]) -> bytes:
    results = [{**asdict(each), "met": each.met} for each in findings]
    return orjson.dumps({"machine": machine, "results": results}, option=orjson.OPT_INDENT_2)
