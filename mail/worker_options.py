"""How many mails a worker takes on, and how long it waits."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class WorkerOptions:
    """How many mails a worker takes on, and how long it waits."""

    batch_size: int = 20
    """Mails that are claimed at a time."""
    sessions: int = 4
    """Sessions with the mail server at a time, one for every few mails of a batch. Most of a mail's
    time is the way to the server and back, so sessions that wait side by side pay."""
    lease: timedelta = timedelta(minutes=2)
    """How long the mails of a worker that died wait for another one."""
    rest: float = 0.1
    """Seconds of rest for each mail that has just left. After a pause a mail leaves at once; where
    ten a second come, they gather."""
    longest_rest: float = 1.0
    """Seconds."""
    poll: float = 1.0
    """Seconds until an empty outbox is looked at again."""
    pause: float = 3.0
    """Seconds of rest when the database or the mail server does not answer."""

    def rest_after(self, mails: int) -> float:
        """Seconds for which the outbox is left alone after so many mails have left."""
        return min(mails * self.rest, self.longest_rest)
