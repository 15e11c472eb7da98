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
    expires_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "sessions"
