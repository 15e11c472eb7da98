"""The jobs of the hashing threads, and the queues that they wait in."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

T = TypeVar("T")


class Queue(Enum):
    """The two queues of password hashes: those of registrations, and all others in `LOGIN`."""

    REGISTRATION = "registration"
    LOGIN = "login"


def always() -> bool:
    return True


@dataclass(eq=False)
class Job(Generic[T]):
    """One hash to make or to verify."""

    work: Callable[[], T] = field(repr=False)  # has the password
    kind: str
    """Jobs of the same kind take about as long."""
    is_wanted: Callable[[], bool] = always
    """Whether somebody still waits for the result. It may be called in any thread."""
    result: "Future[T]" = field(default_factory=Future)
