from enum import StrEnum

from tortoise import fields
from tortoise.models import Model
from uuid6 import uuid7

from models.tables.user import User


class Purpose(StrEnum):
    """What a verification allows. A code or link for one purpose never serves another."""

    REGISTRATION = "REGISTRATION"
    PASSWORD_RESET = "PASSWORD_RESET"  # noqa: S105 - no password
    EMAIL_CHANGE = "EMAIL_CHANGE"
    EMAIL_CONSENT = "EMAIL_CONSENT"
    """The agreement of the old address to a change, if the policy requires it."""
    EMAIL_UNDO = "EMAIL_UNDO"
    SECURE_ACCOUNT = "SECURE_ACCOUNT"
    ACCOUNT_DELETION = "ACCOUNT_DELETION"
    DISOWN = "DISOWN"
    """Of the second link in the mail of a registration. No row has this purpose."""


class EmailVerification(Model):
    """The proof in one mail. Its code and link are derived from the id, and never stored.

    `user` is null for a decoy: an address that nobody may verify gets the same row at the same
    cost. Neither the time nor the id distinguishes the two.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    user: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User",
        null=True,
        on_delete=fields.CASCADE,
        related_name="verifications",
        db_index=True,
    )
    purpose = fields.CharEnumField(
        Purpose,
        max_length=20,
        default=Purpose.REGISTRATION,
        db_default=Purpose.REGISTRATION.value,
    )
    new_email = fields.CharField(max_length=254, null=True)
    """The address that the user gets by this verification. Null: their address stays."""
    key_id = fields.CharField(max_length=16)
    """Which secret key of the server derives the code and the link (`accounts.keyring.Keyring`)."""
    otp_expires_at = fields.DatetimeField(null=True)
    """Null if this verification has no code, or its code or link was used."""
    link_expires_at = fields.DatetimeField(null=True)
    """Null if this verification has no link, or its code or link was used."""
    expires_at = fields.DatetimeField(db_index=True)
    """The later of both times when it was issued, and later if a change of the address waits for
    the agreement of the old one. Using the code or the link does not change it."""
    address_hash = fields.CharField(max_length=64, null=True, db_index=True)
    """The keyed hash of the address that the mail went to (`accounts.keyring.Keyring`). By it,
    `verificationStatus` finds later mails to the address. Null for every purpose but REGISTRATION,
    and in rows of release 0.1."""
    continuation_hash = fields.CharField(max_length=64, null=True)
    """The SHA-256 of the token by which the client that registered may log in. Null once it is
    used, and for a verification that returns no token."""
    continuation_password = fields.CharField(max_length=64, null=True)
    """The SHA-256 of the password's hash at the registration. Another password voids the token."""
    created_at = fields.DatetimeField()

    class Meta:
        table = "email_verifications"
