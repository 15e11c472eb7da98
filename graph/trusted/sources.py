"""What an operator's files hold, before anybody has looked whether it can be executed."""

from collections.abc import Sequence
from dataclasses import dataclass


class BrokenDocumentsError(ValueError):
    """Each problem names the file, the operation where there is one, and what is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Source:
    """One document: an operation with its fragments."""

    where: str
    """The file and the operation, for messages."""
    texts: tuple[str, ...]
    """The forms in which it is known."""
    id: str | None = None
    """What a code generator calls it, besides its hash."""
