from tortoise import fields
from tortoise.models import Model
from uuid6 import uuid7


class Tenant(Model):
    """A product or organisation of its own on this server, with its own registration policy."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    name = fields.CharField(max_length=200)
    display_name = fields.CharField(max_length=200, null=True)
    """What people read in its mails and pages; null: its name."""
    sender_name = fields.CharField(max_length=200, null=True)
    """Whom its mails come from; null: as `CONNECTX_MAIL_FROM` says."""
    reply_to = fields.CharField(max_length=254, null=True)
    policy: fields.Field[dict[str, object]] = fields.JSONField()
    """The policy as `accounts.policies.Policy` dumps it, so that it outlives a changed preset."""
    created_at = fields.DatetimeField()

    class Meta:
        table = "tenants"
