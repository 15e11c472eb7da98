"""A clock that a test can break."""

from datetime import datetime

from harness.service import Clock


class BreakableClock(Clock):
    """A clock that raises while it is `broken`: a bug that every operation meets."""

    CAUSE = "the battery of clock 7 is flat"

    broken = False

    def __call__(self) -> datetime:
        if self.broken:
            raise RuntimeError(self.CAUSE)
        return super().__call__()
