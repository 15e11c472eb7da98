from tortoise import fields
from tortoise.models import Model
from uuid6 import uuid7

from models.tables.tenant import Tenant


class User(Model):
    """A person who registered; until `is_verified` the address is only held, and not for ever."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    email = fields.CharField(max_length=254, unique=True)
    """In canonical form (`accounts.addresses`), so that the constraint sees what a person means."""
    name = fields.CharField(max_length=200, null=True)
    password_hash = fields.CharField(max_length=255)
    role = fields.CharField(max_length=64)
    tenant: fields.ForeignKeyNullableRelation[Tenant] = fields.ForeignKeyField(
        "models.Tenant", null=True, on_delete=fields.RESTRICT, related_name="users", db_index=True
    )
    language = fields.CharField(max_length=16, null=True)
    """In which their mails are written; null: they never told."""
    invited_by = fields.CharField(max_length=254, null=True)
    is_verified = fields.BooleanField(default=False)
    is_profile_complete = fields.BooleanField(default=False)
    verification_id = fields.UUIDField(null=True)
    """The newest verification: only its code counts. No foreign key, as it would go in a circle."""
    held_until = fields.DatetimeField()
    """When the last code or link ends; from then on a new registration may replace an
    unverified user."""
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "users"
