from tortoise import fields
from tortoise.models import Model
from uuid6 import uuid7

from models.tables.user import User


class Session(Model):
    """A login session. The bearer token is not stored, only its SHA-256 in hexadecimal."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.CASCADE, related_name="sessions", db_index=True
    )
    token_hash = fields.CharField(max_length=64, unique=True)
    created_at = fields.DatetimeField()
    last_used_at = fields.DatetimeField(null=True)
    """Within a minute. Null: not since the login."""
    expires_at = fields.DatetimeField(db_index=True)
    """When it ends if it is not used again. Each use moves it, up to `ends_at`."""
    ends_at = fields.DatetimeField(null=True)
    """When it ends at the latest. Null in rows of release 0.1: `expires_at`."""
    client = fields.CharField(max_length=64, null=True)
    """The browser and system that logged in, such as `Firefox on Linux`. Null: unknown."""

    class Meta:
        table = "sessions"
