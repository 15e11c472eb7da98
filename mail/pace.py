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
    """Seconds after the last mail that was due, for each that has just left. A mail that comes when
    none has left goes at once, and soon after a few; where ten a second come, they gather..."""
    longest_rest: float = 1.0
    """... for so many seconds: those that leave together cost a third of what they do alone."""
    poll: float = 1.0
    """Seconds until an empty queue is looked at again."""
    pause: float = 3.0
    """Seconds of rest when the database or the mail server does not answer."""

    def rest_after(self, mails: int) -> float:
        """Seconds for which the queue is left alone, once so many have left."""
        return min(mails * self.rest, self.longest_rest)
