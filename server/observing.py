"""What is told of a request: to its log line, to the metrics, to the traces."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from time import perf_counter

from graph.observer import Tell

Annotate = Callable[[str, str], None]
"""Adds an attribute to what a trace tells of a block."""

Trace = Callable[[str], AbstractContextManager[Annotate]]
"""A block of a trace, by its name."""

Measure = Callable[[str, str, float], None]
"""Counts a mutation: its name, its outcome, its seconds."""

Record = Callable[["Observed"], None]
"""Writes down an operation that has ended before its connection."""


def _untold(_: str, __: str) -> None:
    pass


_UNTRACED = nullcontext(_untold)


@dataclass(frozen=True)
class Witnesses:
    """Who is told besides the log, for the process's lifetime; None for nobody."""

    measure: Measure | None = None
    trace: Trace | None = None


class Observed:
    """One request's names and outcomes, none of its values (graph.observer.Observer)."""

    __slots__ = (
        "_begun",
        "_record",
        "_witnesses",
        "kind",
        "mutations",
        "operation_name",
        "outcomes",
        "request_id",
    )

    def __init__(self, request_id: str, witnesses: Witnesses, record: Record) -> None:
        self._begun = perf_counter()
        self._record = record
        self._witnesses = witnesses
        self.request_id = request_id
        self.kind: str | None = None
        self.operation_name: str | None = None
        self.mutations: list[str] = []
        self.outcomes: list[str] = []

    def line(self) -> dict[str, object]:
        """What is told of it at its end, in this order."""
        line: dict[str, object] = {}
        if self.kind is not None:
            line["operation"] = self.operation_name or f"({self.kind})"
        if self.mutations:
            line["mutation"] = ",".join(self.mutations)
        if self.outcomes:
            line["outcome"] = ",".join(self.outcomes)
        return line

    def milliseconds(self) -> float:
        """How long it has run."""
        return round((perf_counter() - self._begun) * 1000, 1)

    @contextmanager
    def message(self) -> Iterator["Observed"]:
        observed = Observed(self.request_id, self._witnesses, self._record)
        try:
            yield observed
        finally:
            self._record(observed)

    @contextmanager
    def operation(self, kind: str, name: str | None) -> Iterator[Tell]:
        self.kind, self.operation_name = kind, name
        with self._traced(kind) as annotate:
            annotate("graphql.operation.type", kind)
            if name is not None:
                annotate("graphql.operation.name", name)
            yield self._operation_ended

    def _operation_ended(self, outcome: str) -> None:
        # A mutation's own outcome says more.
        if not self.outcomes or outcome != "ok":
            self.outcomes.append(outcome)

    @contextmanager
    def mutation(self, name: str) -> Iterator[Tell]:
        self.mutations.append(name)
        begun = perf_counter()
        with self._traced(name) as annotate:

            def ended(outcome: str) -> None:
                self.outcomes.append(outcome)
                annotate("connectx.outcome", outcome)
                if self._witnesses.measure is not None:
                    self._witnesses.measure(name, outcome, perf_counter() - begun)

            yield ended

    def rejected(self) -> None:
        self.outcomes.append("rejected")

    def _traced(self, name: str) -> AbstractContextManager[Annotate]:
        trace = self._witnesses.trace
        return _UNTRACED if trace is None else trace(name)
