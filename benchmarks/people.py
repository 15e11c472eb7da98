"""People whom a benchmark's requests are about, made by the database itself.

Their ids follow from their names, so that whoever writes the requests knows their codes.
"""

import hashlib
from uuid import UUID

from harness.database import rows

from accounts.keyring import AttemptKeys, Keyring

SECRET_KEY = "k" * 32

_KEYS = Keyring([SECRET_KEY])
_NOBODY = UUID(int=0)

_MAKE = """
WITH people AS (
    SELECT '{name}' || n AS who, now() AS made FROM generate_series(0, {count} - 1) AS n
), verifications AS (
    INSERT INTO email_verifications (id, user_id, key_id, otp_expires_at, expires_at, created_at)
    SELECT md5('verification ' || who)::uuid, md5('user ' || who)::uuid, '{key_id}',
        made + interval '1 hour', made + interval '1 hour', made FROM people
), counters AS (
    INSERT INTO counters (key, hits, expires_at)
    SELECT replace('{counter}', '{nobody}', md5('verification ' || who)::uuid::text), 0,
        made + interval '1 day' FROM people
), sessions AS (
    INSERT INTO sessions (id, user_id, token_hash, created_at, expires_at)
    SELECT md5('session ' || who)::uuid, md5('user ' || who)::uuid,
        encode(sha256(('token-' || who)::bytea), 'hex'), made, made + interval '30 days' FROM people
)
INSERT INTO users (id, email, name, password_hash, role, is_verified, is_profile_complete,
    verification_id, held_until, created_at, updated_at)
SELECT md5('user ' || who)::uuid, who || '@example.com', 'Ada Lovelace', 'none', 'customer',
    FALSE, FALSE, md5('verification ' || who)::uuid, made + interval '1 hour', made, made
FROM people
"""


def make(url: str, name: str, count: int) -> None:
    """`count` people named name0@example.com and so on, unverified.

    Each has a code and a session, of the token `token-name0`.
    """
    counter = AttemptKeys.of("", verification_id=_NOBODY).verification
    rows(
        url,
        _MAKE.format(name=name, count=count, key_id=_KEYS.newest, counter=counter, nobody=_NOBODY),
    )


def code(who: str) -> str:
    """The code that was mailed to them."""
    digest = hashlib.md5(f"verification {who}".encode(), usedforsecurity=False).hexdigest()
    return _KEYS.otp(UUID(digest), key_id=_KEYS.newest)
