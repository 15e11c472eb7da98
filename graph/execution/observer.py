"""The interface that reports operations and outcomes, and never the values of requests."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

MAX_NAME = 64
"""Reported operation names are cut to this length. GraphQL 2.1.9 has their characters."""

ReportOutcome = Callable[[str], None]
"""Reports an outcome, in one word."""


class Observer(Protocol):
    """The observer of one request. Each block lasts as long as what it observes."""

    def message(self) -> "AbstractContextManager[Observer]":
        """One of a connection's operations begins. The block gets an observer of its own."""

    def operation(self, kind: str, name: str | None) -> AbstractContextManager[ReportOutcome]:
        """An operation begins. `name` is the client's; the outcome is `ok` or `errors`.

        A stream can also have `left` (the client disconnected) or `cut` (this process stops).
        """

    def mutation(self, name: str) -> AbstractContextManager[ReportOutcome]:
        """A field of the mutation begins. Name and outcome are names of the schema."""

    def rejected(self) -> None:
        """The operation is not executed: its document is invalid, or not allowed here."""


class Unobserved:
    """An observer that reports nothing."""

    @contextmanager
    def message(self) -> Iterator["Unobserved"]:
        yield self

    @contextmanager
    def operation(self, kind: str, name: str | None) -> Iterator[ReportOutcome]:  # noqa: ARG002 - unused
        yield _ignore

    @contextmanager
    def mutation(self, name: str) -> Iterator[ReportOutcome]:  # noqa: ARG002 - unused
        yield _ignore

    def rejected(self) -> None:
        """Reports nothing."""


def _ignore(_: str) -> None:
    pass
