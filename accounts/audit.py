"""The audit log: records what happens to accounts, tenants, mails, audiences and keys."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from uuid6 import uuid7

from accounts.addresses import masked
from accounts.environment import Environment
from models import AuditEntry
from models.sql.database import Statement, run

API = "api"
"""The actor of a client's requests. A command's actor is the operating system's user."""

_MAX_SUBJECT = 254
_MAX_ACTOR = 64
_MAX_DETAIL = 500
"""Characters, as in the columns. A masked address can be longer than the address itself."""

_TEST_ADDRESS = "test address"
"""What the detail of each entry about such an address begins with."""

_COLUMNS = ("id", "at", "actor", "action", "subject", "subject_hash", "detail")
_INSERT = (
    f"INSERT INTO audit_entries ({', '.join(_COLUMNS)}) SELECT {{0}}, {{1}}, {{2}}, {{3}}, {{4}}, "
    "{5}, {6}"
)


class Action(StrEnum):
    """What happened. Clients' actions come first, then operators' actions."""

    REGISTERED = "registered"
    ADDRESS_TAKEN = "address_taken"
    """A registration for an address that is taken or held."""
    REGISTRATION_DISOWNED = "registration_disowned"
    REGISTRATION_ALLOWED = "registration_allowed"
    VERIFIED = "verified"
    LOGGED_IN = "logged_in"
    LOGIN_FAILED = "login_failed"
    RESET_REQUESTED = "reset_requested"
    """For any address, as a stranger may ask."""
    PASSWORD_RESET = "password_reset"  # noqa: S105 - no password
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - no password
    ACCOUNT_SECURED = "account_secured"
    SESSION_ENDED = "session_ended"
    EMAIL_CHANGE_REQUESTED = "email_change_requested"
    EMAIL_CHANGE_CANCELLED = "email_change_cancelled"
    EMAIL_CHANGE_HALF_CONFIRMED = "email_change_half_confirmed"
    """By one of both addresses, and the other one is missing."""
    EMAIL_CHANGED = "email_changed"
    EMAIL_CHANGE_UNDONE = "email_change_undone"
    DELETION_SCHEDULED = "deletion_scheduled"
    DELETION_CANCELLED = "deletion_cancelled"
    ACCOUNT_DELETED = "account_deleted"
    PROFILE_UPDATED = "profile_updated"

    USER_VERIFIED = "user_verified"
    USER_UNLOCKED = "user_unlocked"
    USER_DELETED = "user_deleted"
    USER_DISABLED = "user_disabled"
    USER_ENABLED = "user_enabled"
    RESET_STARTED = "reset_started"
    ROLE_SET = "role_set"
    USERS_IMPORTED = "users_imported"
    USERS_EXPORTED = "users_exported"
    SESSIONS_REVOKED = "sessions_revoked"
    SERVICE_KEY_CREATED = "service_key_created"
    SERVICE_KEY_REVOKED = "service_key_revoked"
    AUDIENCE_CREATED = "audience_created"
    AUDIENCE_DELETED = "audience_deleted"
    SIGNING_KEY_CREATED = "signing_key_created"
    SIGNING_KEY_RETIRED = "signing_key_retired"
    TENANT_CREATED = "tenant_created"
    TENANT_DELETED = "tenant_deleted"
    POLICY_SET = "policy_set"
    LETTERHEAD_SET = "letterhead_set"
    MAIL_RETRIED = "mail_retried"
    MAILS_ALLOWED = "mails_allowed"
    """To an address that somebody had disowned, or that had had too many."""


@dataclass(frozen=True)
class Subject:
    """What an event is about: the text to show, and the keyed hash for finding an address."""

    shown: str
    hash: str | None = None
    is_test_address: bool = False

    @classmethod
    def address(cls, address: str, *, env: Environment) -> "Subject":
        """A canonical address. Only its mask and its keyed hash are stored."""
        return cls(masked(address), env.keys.address_hash(address), address in env.test_addresses)

    @classmethod
    def users(cls, count: int) -> "Subject":
        """Several users at once. Only their number is stored."""
        return cls("1 user" if count == 1 else f"{count:,} users")


@dataclass(frozen=True)
class Event:
    """Something that happened at `at`. `detail` never has a password, a code or an address."""

    action: Action
    subject: Subject
    at: datetime
    actor: str = API
    detail: str | None = None


def session_count(count: int) -> str:
    """The number of sessions in words, for the detail of an event."""
    return "1 session" if count == 1 else f"{count:,} sessions"


async def record(event: Event) -> None:
    """Stores the event, in the caller's transaction if there is one.

    It runs one statement, which costs the same for every address.
    """
    await run(insert_statement(event))


def insert_statement(event: Event) -> Statement:
    """The INSERT of the event. Callers may append a `FROM` and a `WHERE`."""
    return Statement(_INSERT, _row(event))


def entry(event: Event) -> AuditEntry:
    """The event as a row, for callers that insert it together with others."""
    values: dict[str, Any] = dict(zip(_COLUMNS, _row(event), strict=True))
    return AuditEntry.construct(**values)


def _row(event: Event) -> tuple[object, ...]:
    """The values of `_COLUMNS`, in their order."""
    detail = event.detail
    if event.subject.is_test_address:
        detail = ", ".join(filter(None, (_TEST_ADDRESS, detail)))
    return (
        uuid7(),
        event.at,
        event.actor[:_MAX_ACTOR],
        event.action,
        event.subject.shown[:_MAX_SUBJECT],
        event.subject.hash,
        detail and detail[:_MAX_DETAIL],
    )
