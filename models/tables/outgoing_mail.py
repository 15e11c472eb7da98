from enum import StrEnum

from tortoise import fields
from tortoise.models import Model
from uuid6 import uuid7

from models.tables.email_verification import EmailVerification


class MailState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    DECOY = "decoy"
    """Never leaves: written so that an address without an account costs the same."""


class OutgoingMail(Model):
    """A mail that has to leave, inserted in the transaction that makes it necessary.

    The text is not kept: it is rendered from `letter` and `data` when it leaves, so a code is never
    stored. `due_at` is the lease as well: a worker that claims the row moves it into the future,
    and one that dies gives the mail back by doing nothing.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    letter = fields.CharField(max_length=32)
    recipient = fields.CharField(max_length=254)
    data: fields.Field[dict[str, object]] = fields.JSONField()
    verification: fields.ForeignKeyNullableRelation[EmailVerification] = fields.ForeignKeyField(
        "models.EmailVerification",
        null=True,
        on_delete=fields.CASCADE,
        related_name="mails",
        db_index=True,
    )
    state = fields.CharEnumField(MailState, max_length=8, default=MailState.QUEUED)
    due_at = fields.DatetimeField()
    claimed_by = fields.UUIDField(null=True)
    """The claim that may report on this mail; a late report of an older claim changes nothing."""
    attempts = fields.IntField(default=0)
    last_error = fields.CharField(max_length=500, null=True)
    created_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)

    class Meta:
        table = "outgoing_mails"
        indexes = (("state", "due_at"),)
