"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True)
class Finding:
    """One line of the table. `to_do` is for an operator, and empty where all is fine."""

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
