"""One invariant that a soak has checked."""

from dataclasses import dataclass, field

_SHOWN = 20


@dataclass(frozen=True)
class Check:
    what: str
    count: int
    """How many there were to check."""
    broken: list[str] = field(default_factory=list)
    """A line for each that does not hold."""

    def row(self) -> str:
        """A row of a Markdown table."""
        holds = "yes" if not self.broken else f"BROKEN: {len(self.broken)}"
        return f"| {self.what} | {self.count} | {holds} |"

    def lines(self) -> list[str]:
        """What does not hold, for people."""
        shown = [f"- {line}" for line in self.broken[:_SHOWN]]
        more = len(self.broken) - len(shown)
        return [f"{self.what}:", *shown, *([f"- and {more} more"] if more else [])]
