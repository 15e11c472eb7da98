"""The results of the checks."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True)
class Finding:
    """A row of the table. `to_do` says what the operator has to do; it is empty if all is fine."""

    subject: str
    state: State
    what: str
    to_do: str = ""


def fine(subject: str, what: str) -> Finding:
    return Finding(subject, State.OK, what)


def warning(subject: str, what: str, to_do: str) -> Finding:
    return Finding(subject, State.WARNING, what, to_do)


def failed(subject: str, what: str, to_do: str) -> Finding:
    return Finding(subject, State.FAILED, what, to_do)
