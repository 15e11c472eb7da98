"""The choices that a policy makes."""

from enum import StrEnum


class PasswordAt(StrEnum):
    """When a person chooses the first password."""

    REGISTRATION = "REGISTRATION"
    VERIFICATION = "VERIFICATION"


class VerificationMethod(StrEnum):
    OTP = "OTP"
    LINK = "LINK"


class EmailChangeConfirms(StrEnum):
    """Whose agreement another address needs: that of the new mailbox, or of the old one too."""

    NEW = "NEW"
    BOTH = "BOTH"
