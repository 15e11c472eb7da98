"""The statements of the real server, as PostgreSQL logs them.

`make bench` compares them with what the real server runs today, and says where they have parted.
"""

HIT = """
INSERT INTO counters (key, hits, expires_at) VALUES ($1, $2, $3)
ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN counters.expires_at <= $4 THEN $2 ELSE counters.hits + $2 END,
    expires_at = CASE WHEN counters.expires_at <= $4 THEN $3 ELSE counters.expires_at END
RETURNING hits
"""

COUNT_IN_A_ROW = """
INSERT INTO counters (key, hits, expires_at) VALUES ($1, 1, $2)
ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN counters.expires_at <= $3 THEN 1 ELSE counters.hits + 1 END,
    expires_at = CASE
        WHEN counters.expires_at > $3 AND counters.hits >= $4 THEN counters.expires_at
        ELSE excluded.expires_at
    END
RETURNING hits
"""

OPEN_COUNT = """
INSERT INTO counters (key, hits, expires_at) VALUES (
    $1, COALESCE((SELECT hits FROM counters WHERE key = $2 AND expires_at > $3), 0), $4
)
"""

FORGET_COUNT = 'DELETE FROM "counters" WHERE "key"=$1'

NEWEST_VERIFICATION = (
    'SELECT "email_verifications"."id","email_verifications"."user_id",'
    '"email_verifications"."otp_expires_at","email_verifications"."created_at",'
    '"email_verifications"."link_expires_at","email_verifications"."key_id",'
    '"email_verifications"."expires_at" FROM "email_verifications" '
    'LEFT OUTER JOIN "users" "email_verifications__user" '
    'ON "email_verifications__user"."id"="email_verifications"."user_id" '
    'WHERE "email_verifications__user"."email"=$1 '
    'AND "email_verifications"."id"="email_verifications__user"."verification_id" LIMIT $2'
)

SPEND = """
WITH counts AS (
    SELECT key, hits FROM counters WHERE key IN ($4, $6) AND expires_at > $3 FOR UPDATE
)
UPDATE users SET
    updated_at = CASE WHEN is_verified THEN updated_at ELSE $3 END,
    is_verified = TRUE
WHERE id = $1 AND verification_id = $2 AND NOT EXISTS (
    SELECT 1 FROM counts WHERE key = $4 AND hits >= $5 OR key = $6 AND hits >= $7
)
RETURNING id
"""

_TENANT = ["name", "id", "display_name", "sender_name", "policy", "created_at", "reply_to"]
_USER = [
    *("id", "email", "name", "password_hash", "role", "language", "invited_by", "is_verified"),
    *("is_profile_complete", "verification_id", "held_until", "created_at", "updated_at"),
    "tenant_id",
]


def _columns(table: str, names: list[str], *, renamed: bool = True) -> str:
    if renamed:
        return ",".join(f'"{table}"."{name}" "{table}.{name}"' for name in names)
    return ",".join(f'"{table}"."{name}"' for name in names)


USER = (
    f"SELECT {_columns('users', _USER, renamed=False)},{_columns('users__tenant', _TENANT)} "  # noqa: S608
    'FROM "users" LEFT OUTER JOIN "tenants" "users__tenant" '
    'ON "users__tenant"."id"="users"."tenant_id" WHERE "users"."id"=$1 LIMIT $2'
)

USER_TO_RESEND = (
    'SELECT "users"."id" "id","users"."is_verified" "is_verified","users"."held_until" "held_until"'
    ',"users"."tenant_id" "tenant_id","users__tenant"."name" "tenant__name",'
    '"users__tenant"."policy" "tenant__policy" FROM "users" '
    'LEFT OUTER JOIN "tenants" "users__tenant" ON "users__tenant"."id"="users"."tenant_id" '
    'WHERE "users"."email"=$1 LIMIT $2'
)

NAME_NEWEST = (
    'UPDATE "users" SET "verification_id"=$1,"held_until"=$2 WHERE "id"=$3 AND "is_verified"=$4'
)
NAME_NONE = 'UPDATE "users" SET "verification_id"=NULL WHERE "id"=$1 AND "is_verified"=$2'

ADD_VERIFICATION = (
    'INSERT INTO "email_verifications" ("id","key_id","otp_expires_at","link_expires_at",'
    '"expires_at","created_at","user_id") VALUES ($1,$2,$3,$4,$5,$6,$7)'
)

ADD_MAIL = (
    'INSERT INTO "outgoing_mails" ("id","letter","recipient","data","state","due_at","claimed_by",'
    '"attempts","last_error","created_at","sent_at","verification_id") '
    "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)"
)

SESSION = (
    'SELECT "sessions"."id","sessions"."user_id","sessions"."token_hash","sessions"."created_at",'  # noqa: S608
    f'"sessions"."expires_at",{_columns("sessions__user", _USER)},'
    f'{_columns("sessions__user__tenant", _TENANT)} FROM "sessions" '
    'LEFT OUTER JOIN "users" "sessions__user" ON "sessions__user"."id"="sessions"."user_id" '
    'LEFT OUTER JOIN "tenants" "sessions__user__tenant" '
    'ON "sessions__user__tenant"."id"="sessions__user"."tenant_id" '
    'WHERE "sessions"."token_hash"=$1 AND "sessions"."expires_at">$2 LIMIT $3'
)

TENANT = (
    'SELECT "name","id","display_name","sender_name","policy","created_at","reply_to" '
    'FROM "tenants" WHERE "id"=$1 LIMIT $2'
)
