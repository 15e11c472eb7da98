from tortoise import fields
from tortoise.models import Model
from uuid6 import uuid7


class AuditEntry(Model):
    """An event, for example of an account or a tenant, and who caused it. Never changed."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    at = fields.DatetimeField(db_index=True)
    actor = fields.CharField(max_length=64)
    """The operating system's user for a command, `api` for a client's request."""
    action = fields.CharField(max_length=32)
    subject = fields.CharField(max_length=254)
    """What the event is about: a masked address, the id of a tenant, the name of an audience or of
    a service key, the thumbprint of a signing key, or a number of users."""
    subject_hash = fields.CharField(max_length=64, null=True, db_index=True)
    """The keyed hash of the whole address (`accounts.keyring.Keyring`), for searches."""
    detail = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "audit_entries"
