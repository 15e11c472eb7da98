"""Whom the endpoint tells what happens: names and outcomes, never a value of a request."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

MAX_NAME = 64
"""Characters of an operation's name that are told; the grammar says which (GraphQL, 2.1.9)."""

Tell = Callable[[str], None]
"""Takes what came of it, in one word."""


class Observer(Protocol):
    """One request's. Each block runs as long as what it is told of."""

    def message(self) -> "AbstractContextManager[Observer]":
        """One of the operations that come over one connection begins: an observer of its own."""

    def operation(self, kind: str, name: str | None) -> AbstractContextManager[Tell]:
        """An operation begins; `name` is the client's, the outcome `ok` or `errors`.

        A stream's outcome may also be `left`, as who asked is gone, or `cut`, as this process ends.
        """

    def mutation(self, name: str) -> AbstractContextManager[Tell]:
        """A field of the mutation begins; name and outcome are the schema's own."""

    def rejected(self) -> None:
        """The operation is not executed: the document cannot be, or may not be here."""


class Unobserved:
    """Tells nobody."""

    @contextmanager
    def message(self) -> Iterator["Unobserved"]:
        yield self

    @contextmanager
    def operation(self, kind: str, name: str | None) -> Iterator[Tell]:  # noqa: ARG002 - not told
        yield _ignore

    @contextmanager
    def mutation(self, name: str) -> Iterator[Tell]:  # noqa: ARG002 - not told
        yield _ignore

    def rejected(self) -> None:
        """Nothing."""


def _ignore(_: str) -> None:
    pass
