"""Collects what the log line, the metrics and the traces report about a request."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from time import perf_counter

from graph.execution.observer import ReportOutcome

Annotate = Callable[[str, str], None]
"""Sets an attribute of a span: its name and its value."""

Trace = Callable[[str], AbstractContextManager[Annotate]]
"""Opens a span with this name."""

Measure = Callable[[str, str, float], None]
"""Counts a mutation: its name, its outcome, its duration in seconds."""

LogOperation = Callable[["RequestRecord"], None]
"""Logs an operation of a WebSocket, which ends before its connection."""


@dataclass(frozen=True)
class TelemetrySinks:
    """Where a process sends metrics and traces; None for what is off."""

    measure: Measure | None = None
    trace: Trace | None = None


class RequestRecord:
    """Names and outcomes of a request, never its variables; a graph.execution.observer.Observer."""

    __slots__ = (
        "_begun",
        "_log_operation",
        "_sinks",
        "kind",
        "mutations",
        "operation_name",
        "outcomes",
        "request_id",
    )

    def __init__(self, request_id: str, sinks: TelemetrySinks, log: LogOperation) -> None:
        self._begun = perf_counter()
        self._log_operation = log
        self._sinks = sinks
        self.request_id = request_id
        self.kind: str | None = None
        self.operation_name: str | None = None
        self.mutations: list[str] = []
        self.outcomes: list[str] = []

    def line(self) -> dict[str, object]:
        """The fields of the log line, in their order."""
        line: dict[str, object] = {}
        if self.kind is not None:
            line["operation"] = self.operation_name or f"({self.kind})"
        if self.mutations:
            line["mutation"] = ",".join(self.mutations)
        if self.outcomes:
            line["outcome"] = ",".join(self.outcomes)
        return line

    def milliseconds(self) -> float:
        """Milliseconds since the request began."""
        return round((perf_counter() - self._begun) * 1000, 1)

    @contextmanager
    def websocket_operation(self) -> Iterator["RequestRecord"]:
        observed = RequestRecord(self.request_id, self._sinks, self._log_operation)
        try:
            yield observed
        finally:
            self._log_operation(observed)

    def operation(self, kind: str, name: str | None) -> AbstractContextManager[ReportOutcome]:
        self.kind, self.operation_name = kind, name
        trace = self._sinks.trace
        if trace is None:
            return nullcontext(self._operation_ended)
        return self._traced_operation(trace)

    def _operation_ended(self, outcome: str) -> None:
        # A mutation's own outcome says more than `ok`.
        if not self.outcomes or outcome != "ok":
            self.outcomes.append(outcome)

    def mutation(self, name: str) -> AbstractContextManager[ReportOutcome]:
        self.mutations.append(name)
        ended = partial(self._mutation_ended, name, perf_counter())
        trace = self._sinks.trace
        return nullcontext(ended) if trace is None else self._traced_mutation(trace, name, ended)

    def _mutation_ended(self, name: str, begun: float, outcome: str) -> None:
        self.outcomes.append(outcome)
        if self._sinks.measure is not None:
            self._sinks.measure(name, outcome, perf_counter() - begun)

    def rejected(self) -> None:
        self.outcomes.append("rejected")

    @contextmanager
    def _traced_operation(self, trace: Trace) -> Iterator[ReportOutcome]:
        with trace(self.kind or "") as annotate:
            annotate("graphql.operation.type", self.kind or "")
            if self.operation_name is not None:
                annotate("graphql.operation.name", self.operation_name)
            yield self._operation_ended

    @contextmanager
    def _traced_mutation(
        self, trace: Trace, name: str, ended: ReportOutcome
    ) -> Iterator[ReportOutcome]:
        with trace(name) as annotate:

            def annotated(outcome: str) -> None:
                annotate("connectx.outcome", outcome)
                ended(outcome)

            yield annotated
