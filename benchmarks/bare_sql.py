"""The statements of the real server, taken from where it has them itself.

`make bench` compares them with what PostgreSQL logs of the real server, and says where they part.
"""

# ruff: noqa: SLF001 - what is private to the server is what is measured

from accounts import audit, counter_statements, guesses, login, resending, spending, typed_code
from models import EmailVerification, OutgoingMail, insertion, notices, reading

USER = (
    "INSERT INTO users (id, email, name, password_hash, role, is_verified, is_profile_complete, "
    "held_until, created_at, updated_at) "
    "VALUES ($1, $2, $3, $4, 'customer', FALSE, FALSE, $5, $5, $5)"
)
GUESS = guesses._GUESS
RENEW = resending._RENEW


def hits(count: int) -> str:
    """Counts in so many windows at once."""
    return counter_statements.hit_in_turn(count)


def hits_and_newest(count: int) -> str:
    """The same, and the newest verification of an address."""
    return counter_statements.hit_in_turn(count, typed_code._NEWEST, 2)


def hits_and_user(count: int) -> str:
    """The same, and who has the address."""
    return counter_statements.hit_in_turn(count, user("users.email = {0}"), 1)


def spend() -> str:
    """Spends the right code."""
    tell = f"pg_notify('{notices._CHANNEL}', users.id::text)"
    return spending._at_once(audit._INSERT, len(audit._COLUMNS), tell)


def user(condition: str, joined: str = "") -> str:
    return reading.user_statement(condition, joined)


def session() -> str:
    return user(login.OF_SESSION, login.THEIR_SESSIONS)


def tenant() -> str:
    return reading.tenant_statement()


def reissue() -> str:
    """Adds a verification and its mail, and opens the count of its code."""
    counts = ((counter_statements.FORGET, 1), (guesses._OPEN, 2))
    return insertion._joined((EmailVerification, OutgoingMail), counts)
