from tortoise import fields
from tortoise.models import Model
from uuid6 import uuid7

from models.partial_index import PartialIndex
from models.tables.tenant import Tenant

NO_PASSWORD = "!"  # noqa: S105 - no password has this hash
"""The `password_hash` of a user who has no password, as in /etc/shadow."""


class User(Model):
    """A registered person. Until `is_verified`, they only hold the address, until `held_until`."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    email = fields.CharField(max_length=254, unique=True)
    """In canonical form (`accounts.addresses`), so that the constraint covers every spelling."""
    name = fields.CharField(max_length=200, null=True)
    password_hash = fields.CharField(max_length=255)
    """Or NO_PASSWORD."""
    role = fields.CharField(max_length=64)
    tenant: fields.ForeignKeyNullableRelation[Tenant] = fields.ForeignKeyField(
        "models.Tenant", null=True, on_delete=fields.RESTRICT, related_name="users", db_index=True
    )
    language = fields.CharField(max_length=16, null=True)
    """The language of their mails; null if they never chose one."""
    invited_by = fields.CharField(max_length=254, null=True)
    is_verified = fields.BooleanField(default=False)
    is_profile_complete = fields.BooleanField(default=False)
    verification_id = fields.UUIDField(null=True)
    """The newest verification; only its code is valid. No foreign key, which would be circular."""
    password_reset_id = fields.UUIDField(null=True)
    """The newest verification for a password reset; only its code is valid."""
    email_change_id = fields.UUIDField(null=True)
    """The newest verification for a change of the address. Null if no change is pending."""
    profile: fields.Field[dict[str, str | bool] | None] = fields.JSONField(null=True)
    """The values of the policy's profile fields, by key. Null: none was given."""
    disabled_at = fields.DatetimeField(null=True)
    """When an operator disabled the account; null: it is enabled."""
    deletes_at = fields.DatetimeField(null=True)
    """When the account is deleted, if its owner has requested that."""
    held_until = fields.DatetimeField()
    """When the last code or link expires. From then on, a new registration may replace an
    unverified user."""
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "users"
        # An index that contained every user would be taken for their look-up: without statistics,
        # as in a restored database, PostgreSQL expects `deletes_at IS NULL` to find one row.
        indexes = (PartialIndex(fields=("deletes_at",), where="deletes_at IS NOT NULL"),)
