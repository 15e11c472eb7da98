"""When a mail that did not leave is tried again."""

from collections.abc import Callable
from datetime import timedelta

FIRST = timedelta(seconds=5)
LONGEST = timedelta(hours=1)
_DOUBLINGS = 10
"""5 s doubled ten times is beyond an hour; more would only grow the number."""


def retry_delay(attempts: int, random: Callable[[], float]) -> timedelta:
    """How long to wait after `attempts` tries: 5 s, doubled each time, one hour at most.

    Half of it is certain and half is `random()`, in [0, 1), so that mails which failed together
    do not come back together.
    """
    full: timedelta = min(FIRST * 2 ** min(attempts - 1, _DOUBLINGS), LONGEST)
    return full / 2 + full / 2 * random()
