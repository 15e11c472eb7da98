"""The rows of a registration, and what becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.sql.counters import Window
from models.sql.database import Statement
from models.tables.email_verification import EmailVerification
from models.tables.outgoing_mail import OutgoingMail
from models.tables.user import User

RELEASE = "DELETE FROM users WHERE email = {0} AND NOT is_verified AND held_until <= {1}"
"""Releases an address whose registration has not been verified in time."""


@dataclass(frozen=True)
class Registration:
    """The rows of a registration, and what is counted with them."""

    user: User
    verification: EmailVerification
    mail: OutgoingMail
    registered: Statement
    """The audit's entry if the address is free."""
    taken: Statement
    """The audit's entry if the address is taken; without concealment it is all that is stored."""
    conceals: bool
    """Whether a taken address takes the same statements as a free one: it gets a verification of
    nobody, and a mail by the template `taken_letter`."""
    taken_letter: str
    mails: Sequence[Window]
    """How many mails the address may get. Without one left, nothing is stored; a registration that
    conceals stores a mail that never leaves."""
    cooldowns: Sequence[Window]
    """Windows that begin anew with one hit."""
    guesses: str
    """The key of the count of guesses at the address, which is forgotten."""
    code: str
    """The key of the count of guesses at the code, which is opened."""
    code_ends: datetime
    now: datetime


@dataclass(frozen=True)
class Stored:
    """Whether the address was free, and is the user's now."""

    free: bool
    full_until: datetime | None = None
    """When a free address may get a mail again, if nothing was stored as it has had its share."""
