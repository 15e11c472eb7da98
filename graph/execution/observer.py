"""The interface that reports operations and outcomes, and never the values of requests."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

MAX_OPERATION_NAME = 64
"""Characters of a reported operation name, which are ASCII letters, digits and `_`."""

ReportOutcome = Callable[[str], None]
"""Reports an outcome, in one word."""


class Observer(Protocol):
    """The observer of one request. Each block lasts as long as what it observes."""

    def websocket_operation(self) -> "AbstractContextManager[Observer]":
        """An operation of a WebSocket begins. The block gets an observer of its own."""

    def operation(self, kind: str, name: str | None) -> AbstractContextManager[ReportOutcome]:
        """An operation begins. `name` is the client's; the outcome is `ok` or `errors`.

        A stream can also have `left` (the client disconnected) or `cut` (this process stops).
        """

    def mutation(self, name: str) -> AbstractContextManager[ReportOutcome]:
        """A field of the mutation begins. Name and outcome are names of the schema."""

    def rejected(self) -> None:
        """The operation is not executed: its document is invalid, or not allowed here."""
