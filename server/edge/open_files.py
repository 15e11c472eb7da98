"""The limit of open files: each connection is one."""

import logging
import resource
import time
from collections.abc import Callable

_RESERVE = 32
"""Files that connections of clients leave to the database, mails and everything else."""

_ENOUGH = 65_536
"""Files to which a process raises its limit at most. Whoever needs more sets both limits."""

_LOG_INTERVAL = 60.0

_log = logging.getLogger("connectx.edge")


def max_open_files() -> int:
    """How many files a server may open here, once it has raised its limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(soft, _ENOUGH if hard == resource.RLIM_INFINITY else min(hard, _ENOUGH))


def raise_limit() -> None:
    """Raises the limit of this process and its children as far as the system permits.

    Many systems start programs with a limit of 1,024, for old ones that cannot use more.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max_open_files(), hard))


class OpenFiles:
    """Tells when a process has nearly as many open files as it may have, and logs it."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._logged_at: float | None = None

    def are_short(self, file_descriptor: int) -> bool:
        """Whether this file descriptor is within `_RESERVE` of the limit.

        The system gives a new file the lowest free number.
        """
        limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        if file_descriptor < limit - _RESERVE:
            return False
        now = self._now()
        if self._logged_at is None or now - self._logged_at >= _LOG_INTERVAL:
            self._logged_at = now
            _log.error(
                "this process may open %d files, and connections take nearly all of them; clients "
                "are turned away: raise LimitNOFILE in the systemd unit, or ulimit -n",
                limit,
            )
        return True
