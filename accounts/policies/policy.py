"""What a product requires of people who register, and how their accounts live."""

from datetime import timedelta
from functools import cached_property
from typing import Annotated, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic.alias_generators import to_camel

from accounts.policies.choices import EmailChangeConfirms, PasswordAt, VerificationMethod
from accounts.profile.fields import MAX_FIELDS, ProfileField, checked_fields

Role: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=64)
]

LONGEST_PASSWORD = 1024
"""The most that `password_max_length` may be: hashing reads every byte, so it needs a limit."""

T = TypeVar("T")


def _distinct(items: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


class Policy(BaseModel):
    """What a registration must contain, how its address is verified, and how long sessions last.

    Lengths count code points after NFC (NIST SP 800-63B 3.1.1.2). Lifetimes are in seconds. TOML
    and JSON use the camelCase names. The descriptions complete the sentence "takes …" in errors.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True
    )

    name: str = Field(min_length=1, max_length=64, description="text of 1 to 64 characters")
    roles: Annotated[tuple[Role, ...], AfterValidator(_distinct)] = Field(
        min_length=1,
        description='a list of roles of 1 to 64 characters each, such as ["driver", "rider"]',
    )
    default_role: Role | None = Field(default=None, description="one of roles")
    name_required: StrictBool = True
    password_min_length: StrictInt = Field(default=8, ge=1, le=LONGEST_PASSWORD)
    password_max_length: StrictInt = Field(
        default=128, ge=1, le=LONGEST_PASSWORD, validate_default=True
    )
    verification_methods: Annotated[tuple[VerificationMethod, ...], AfterValidator(_distinct)] = (
        Field(min_length=1, description='a list of "OTP", "LINK" or both')
    )
    # VERIFICATION: only who has the mailbox ever sets a password.
    password_at: PasswordAt = Field(
        default=PasswordAt.REGISTRATION, description='"REGISTRATION" or "VERIFICATION"'
    )
    # Answers RegistrationPending for new and taken addresses alike. Addresses are unique across all
    # tenants, so a single policy without it reveals accounts of all: set it in every policy or in
    # none.
    conceal_existing_accounts: StrictBool = False
    # Refuses the domains that the disposable-email-domains package lists.
    block_disposable_addresses: StrictBool = False
    # Only tells forms whether to ask. register accepts invitedBy under every policy.
    ask_invited_by: StrictBool = False
    # A session ends after this time without use, and at the latest after the time in all.
    session_idle_days: StrictInt = Field(default=14, ge=1, le=3_650)
    session_days: StrictInt = Field(default=30, ge=1, le=3_650)
    # Mails a notice of a login by a kind of client that the account has not had.
    notice_new_logins: StrictBool = False
    # Days in which a person can cancel the deletion of their account. 0 deletes it at once.
    deletion_days: StrictInt = Field(default=7, ge=0, le=365)
    # At most a day: wrong codes are counted for a day (accounts.verification.attempts), and a code
    # must not outlive its count. At least a minute, which a mail needs to arrive.
    otp_seconds: StrictInt = Field(default=600, ge=60, le=86_400)
    link_seconds: StrictInt = Field(default=86_400, ge=60, le=30 * 86_400)
    email_change_confirms: EmailChangeConfirms = Field(
        default=EmailChangeConfirms.NEW, description='"NEW" or "BOTH"'
    )
    profile: Annotated[tuple[ProfileField, ...], AfterValidator(checked_fields)] = Field(
        default=(), max_length=MAX_FIELDS, description=f"at most {MAX_FIELDS} tables [[profile]]"
    )

    # Validators of fields, because one of the model would not run if a field is wrong: all problems
    # are told at once. `info.data` has only the fields before this one that are right.
    @field_validator("default_role")
    @classmethod
    def _is_a_role(cls, role: str | None, info: ValidationInfo) -> str | None:
        roles = info.data.get("roles")
        if role is not None and roles is not None and role not in roles:
            raise ValueError(f"takes one of roles ({', '.join(roles)})")
        return role

    @field_validator("password_max_length")
    @classmethod
    def _is_not_below_the_least(cls, longest: int, info: ValidationInfo) -> int:
        least = info.data.get("password_min_length", longest)
        if longest < least:
            raise ValueError(f"must not be less than passwordMinLength ({least}), and is {longest}")
        return longest

    @cached_property
    def otp_lifetime(self) -> timedelta | None:
        """How long a code is valid; None if this policy sends no code."""
        if VerificationMethod.OTP not in self.verification_methods:
            return None
        return timedelta(seconds=self.otp_seconds)

    @cached_property
    def link_lifetime(self) -> timedelta | None:
        """How long a link is valid; None if this policy sends no link."""
        if VerificationMethod.LINK not in self.verification_methods:
            return None
        return timedelta(seconds=self.link_seconds)


FIELDS_AFTER_0_1 = (
    "ask_invited_by",
    "password_at",
    "session_days",
    "session_idle_days",
    "deletion_days",
    "notice_new_logins",
    "email_change_confirms",
    "profile",
)
"""The fields that were added after release 0.1. A stored policy leaves each of them out while it
has its default, as a node of 0.1 refuses keys that it does not know."""
