"""A clock that runs like the machine's, and can be put forward."""

from datetime import datetime, timedelta

from server.clock import utc_now

_NONE = timedelta()


class MovableClock:
    """The time of the server: that of the machine, and what it was put forward by."""

    def __init__(self) -> None:
        self._ahead = _NONE

    def __call__(self) -> datetime:
        return utc_now() + self._ahead

    def advance(self, seconds: float) -> None:
        """Puts it forward. Raises OverflowError if there is no such date."""
        ahead = self._ahead + timedelta(seconds=seconds)
        _ = utc_now() + 2 * ahead  # codes and sessions end later than now
        self._ahead = ahead

    def reset(self) -> None:
        self._ahead = _NONE
