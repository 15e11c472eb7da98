"""What the delivery loop asks of whatever carries its letters."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from mail.letter import Letter


class SendError(Exception):
    """A letter did not leave. The reason is fit to be stored: it names no person and no secret."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


class UnreachableError(SendError):
    """Nobody took the call, so the rest of the batch need not be tried now."""


class MailSession(Protocol):
    """One session with whoever takes the mails."""

    async def send(self, letter: Letter) -> None:
        """Returns once somebody else is responsible for the letter; raises SendError otherwise."""


class Transport(Protocol):
    def session(self) -> AbstractAsyncContextManager[MailSession]:
        """A session for several letters, which connects when the first one is sent."""
