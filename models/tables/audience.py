from tortoise import fields
from tortoise.models import Model
from uuid6 import uuid7


class Audience(Model):
    """A service that service tokens may be issued for."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    name = fields.CharField(max_length=128, unique=True)
    """The `aud` of its tokens."""
    claims: fields.Field[dict[str, object]] = fields.JSONField()
    """A template of what its tokens say besides (`accounts.service_tokens.claims`)."""
    has_email = fields.BooleanField()
    """Whether its tokens have the person's address."""
    created_at = fields.DatetimeField()

    class Meta:
        table = "audiences"
