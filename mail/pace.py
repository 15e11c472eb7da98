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
    rest: float = 0.25
    """Seconds after the last mail that was due: under load, mails then leave together, which
    costs half of what it does one by one. A mail that comes when none has left goes at once."""
    poll: float = 1.0
    """Seconds until an empty queue is looked at again."""
    pause: float = 3.0
    """Seconds of rest when the database or the mail server does not answer."""
