"""Tells whether a password is in a list of breached ones, wherever the list is."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha1
from typing import Protocol

_INTERVAL = timedelta(minutes=1)
"""Between two lines in the log: a service that is down fails for every password."""

_log = logging.getLogger("connectx.breached")


class LookUpOutcome(StrEnum):
    FOUND = "found"
    NOT_FOUND = "not_found"
    FAILED = "failed"


class LookUpFailedError(Exception):
    """The list cannot be asked now. The message has nothing of a password or of its hash."""


class BreachedList(Protocol):
    """A list of SHA-1 hashes."""

    async def has(self, digest: bytes) -> bool:
        """Whether the list has the hash. Raises LookUpFailedError."""

    def close(self) -> None:
        """Ends its connections."""


class BreachedPasswords:
    """Looks passwords up in a list, and counts the outcomes.

    If a look-up fails, the password counts as not breached: a service that is down must not keep
    people from registering.
    """

    def __init__(self, hashes: BreachedList, *, clock: Callable[[], datetime]) -> None:
        self.outcomes = dict.fromkeys(LookUpOutcome, 0)
        self._list = hashes
        self._clock = clock
        self._logged: datetime | None = None

    async def have(self, password: str) -> bool:
        """Whether the list has a password."""
        # SHA-1 is what such lists consist of. Nothing is protected by it.
        digest = sha1(password.encode(errors="surrogatepass"), usedforsecurity=False).digest()
        try:
            found = await self._list.has(digest)
        except LookUpFailedError as error:
            self._log_failure(error)
            outcome = LookUpOutcome.FAILED
        else:
            outcome = LookUpOutcome.FOUND if found else LookUpOutcome.NOT_FOUND
        self.outcomes[outcome] += 1
        return outcome is LookUpOutcome.FOUND

    def close(self) -> None:
        self._list.close()

    def _log_failure(self, error: LookUpFailedError) -> None:
        now = self._clock()
        if self._logged is None or now - self._logged >= _INTERVAL:
            self._logged = now
            _log.warning("passwords are accepted without the list of breached ones: %s", error)
