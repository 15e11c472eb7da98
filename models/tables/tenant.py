from tortoise import fields
from tortoise.models import Model
from uuid6 import uuid7


class Tenant(Model):
    """A product or organisation on this server that has its own registration policy."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    name = fields.CharField(max_length=200)
    display_name = fields.CharField(max_length=200, null=True)
    """The name that its mails and pages show; null: `name`."""
    sender_name = fields.CharField(max_length=200, null=True)
    """The sender's name in its mails; null: as in `CONNECTX_MAIL_FROM`."""
    reply_to = fields.CharField(max_length=254, null=True)
    policy: fields.Field[dict[str, object]] = fields.JSONField()
    """As `accounts.policies.policy.Policy` dumps it. Later changes of a preset do not affect it."""
    created_at = fields.DatetimeField()

    class Meta:
        table = "tenants"
