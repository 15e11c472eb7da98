"""The statements of the real server, taken from where it has them itself.

`make bench` compares them with what PostgreSQL logs of the real server, and says where they part.
"""

# ruff: noqa: SLF001 - what is private to the server is what is measured

from datetime import UTC, datetime

from accounts import audit
from accounts.verification import compare, resend
from models import EmailVerification, OutgoingMail, Purpose
from models.sql import attempts, counters, insert, notify, select, verification
from models.sql import session as session_sql
from models.sql.database import numbered

USER = (
    "INSERT INTO users (id, email, name, password_hash, role, is_verified, is_profile_complete, "
    "held_until, created_at, updated_at) "
    "VALUES ($1, $2, $3, $4, 'customer', FALSE, FALSE, $5, $5, $5)"
)
COUNT_WRONG_CODE = attempts.COUNT_WRONG_CODE
RENEW = resend._VERIFICATION.renew_sql


def hits(count: int) -> str:
    """Counts in so many windows at once."""
    return counters.hit_in_turn(count)


def hits_and_newest(count: int) -> str:
    """The same, and the newest verification of an address."""
    return counters.hit_in_turn(count, compare.newest_code_sql(Purpose.REGISTRATION), 2)


def hits_and_user(count: int) -> str:
    """The same, and who has the address."""
    return counters.hit_in_turn(count, user("users.email = {0}"), 1)


def spend() -> str:
    """Spends the right code."""
    tell = f"pg_notify('{notify._CHANNEL}', users.id::text)"
    return verification._redeem_at_once(audit._INSERT, len(audit._COLUMNS), tell)


def user(condition: str, joined: str = "") -> str:
    return select.user_statement(condition, joined)


def session() -> str:
    of_token, values = session_sql.by_token("", now=datetime.now(UTC))
    return numbered(of_token, len(values))


def tenant() -> str:
    return select.tenant_statement()


def reissue() -> str:
    """Adds a verification and its mail, and opens the count of its code."""
    counts = ((counters.FORGET, 1), (attempts.OPEN, 2))
    return insert._joined((EmailVerification, OutgoingMail), counts)
