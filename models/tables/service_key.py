from tortoise import fields
from tortoise.models import Model
from uuid6 import uuid7


class ServiceKey(Model):
    """A key by which another service asks this server.

    The key is not stored, only its SHA-256 in hexadecimal.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    name = fields.CharField(max_length=64, unique=True)
    key_hash = fields.CharField(max_length=64, unique=True)
    scopes: fields.Field[list[str]] = fields.JSONField()
    """What the service may ask (`accounts.services.service_keys.Scope`)."""
    created_at = fields.DatetimeField()
    last_used_at = fields.DatetimeField(null=True)
    """Within a minute. Null: not yet."""
    expires_at = fields.DatetimeField()

    class Meta:
        table = "service_keys"
