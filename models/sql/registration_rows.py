"""The rows of a registration, and the result of storing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.sql.counters import Window
from models.sql.database import Statement
from models.tables.email_verification import EmailVerification
from models.tables.outgoing_mail import OutgoingMail
from models.tables.user import User

EXPIRED = "email = {0} AND NOT is_verified AND held_until <= {1}"

RELEASE = f"DELETE FROM users WHERE {EXPIRED}"  # noqa: S608 - no value is written into it
"""Deletes an unverified user whose hold on the address has expired."""


@dataclass(frozen=True)
class Registration:
    """The rows of a registration, and the counters that change with them."""

    user: User
    verification: EmailVerification
    mail: OutgoingMail
    registered_entry: Statement
    """The audit entry if the address is free."""
    taken_entry: Statement
    """The audit entry if the address is taken. Without concealment nothing else is stored."""
    conceals: bool
    """Whether a taken address runs the same statements as a free one. It then gets a verification
    without a user, and a mail by the template `taken_template`."""
    taken_template: str
    mail_windows: Sequence[Window]
    """The mail limits of the address. If one is full, nothing is stored; with concealment, a decoy
    mail is stored."""
    cooldown_windows: Sequence[Window]
    """Windows that restart with one hit."""
    address_key: str
    """The key of the address's count of wrong codes, which is deleted."""
    verification_key: str
    """The key of the code's count of wrong codes, which is opened."""
    verification_key_ends: datetime
    now: datetime


@dataclass(frozen=True)
class StoreOutcome:
    """Whether the address was free, so that the registration is stored."""

    free: bool
    full_until: datetime | None = None
    """When the address may get a mail again, if its mail limit prevented the registration."""
