"""How much a worker takes on, and how long it rests."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How much a worker takes on, and how long it rests."""

    batch_size: int = 20
    """Mails that are claimed at a time."""
    sessions: int = 4
    """With the mail server at a time, one for every few mails of a batch. They wait for it side by
    side: most of a mail's time is the way to a server and back."""
    lease: timedelta = timedelta(minutes=2)
    """How long the mails of a worker that died wait for another one."""
    rest: float = 0.1
    """Seconds of rest for each mail that has just left: one that comes when none has left goes at
    once, and one after a few goes soon. Where ten a second come, they gather."""
    longest_rest: float = 1.0
    """Seconds. Beside registrations, a mail that leaves with those of a second costs 0.2 ms of CPU,
    and one that leaves with those of a quarter of a second 0.5 (benchmarks/README.md)."""
    poll: float = 1.0
    """Seconds until an empty queue is looked at again."""
    pause: float = 3.0
    """Seconds of rest when the database or the mail server does not answer."""

    def rest_after(self, mails: int) -> float:
        """Seconds for which the queue is left alone, once so many have left."""
        return min(mails * self.rest, self.longest_rest)
