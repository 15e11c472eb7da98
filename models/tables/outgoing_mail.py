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
    """Never sent. It is stored so that an address without an account costs the same."""


class MailTemplate(StrEnum):
    """A kind of mail. Its value is the base name of its files in `mail/templates`."""

    VERIFICATION = "verification"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - no password
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - no password
    NEW_LOGIN = "new_login"
    SESSIONS_ENDED = "sessions_ended"
    EMAIL_CHANGE = "email_change"
    EMAIL_CONSENT = "email_consent"
    """To the old address, if the change needs its agreement."""
    EMAIL_TAKEN = "email_taken"
    EMAIL_CHANGED = "email_changed"
    """To the old address, with a link that undoes the change."""
    EMAIL_IS_NEW = "email_is_new"
    """To the new address."""
    DELETION_SCHEDULED = "deletion_scheduled"
    ACCOUNT_DELETED = "account_deleted"
    """To somebody who has no account any more: the last mail."""
    ACCOUNT_EXISTS = "account_exists"


WITHOUT_PROOF = (
    MailTemplate.ACCOUNT_EXISTS,
    MailTemplate.EMAIL_TAKEN,
    MailTemplate.ACCOUNT_DELETED,
)
"""Mails that have no code and no link."""


class OutgoingMail(Model):
    """A mail in the outbox, inserted in the transaction that makes it necessary.

    The text is not stored: it is rendered from `letter` and `data` when the mail is sent, so no
    code is ever stored. `due_at` is also the lease: a worker that claims the mail moves it into the
    future. If the worker dies, the mail becomes due again.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    letter = fields.CharField(max_length=32)
    """The template, a `MailTemplate`."""
    recipient = fields.CharField(max_length=254)
    data: fields.Field[dict[str, object]] = fields.JSONField()
    """`product`, `tenant` (its id or null) and `language`. Some mails also have `return_to`,
    `client` or `new_email`."""
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
    """The claim that may report on this mail. Late reports of older claims change nothing."""
    attempts = fields.IntField(default=0)
    last_error = fields.CharField(max_length=500, null=True)
    created_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)

    class Meta:
        table = "outgoing_mails"
        indexes = (("state", "due_at"),)
