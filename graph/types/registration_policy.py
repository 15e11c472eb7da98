"""What a registration has to bring, as a form asks for it."""

from datetime import timedelta
from enum import Enum
from functools import lru_cache
from typing import Self

import strawberry

from accounts.policies.policy import Policy
from graph.context import FormBranding
from graph.types.profile import ProfileField
from graph.types.user import methods_of
from graph.types.verification_method import VerificationMethod


@strawberry.enum(description="When a person chooses the first password of their account.")
class PasswordAt(Enum):
    REGISTRATION = strawberry.enum_value(
        "REGISTRATION", description="`register` takes the password."
    )
    VERIFICATION = strawberry.enum_value(
        "VERIFICATION",
        description="`verifyEmail` and `verifyEmailByLink` take it, so that only whoever reads the "
        "mail chooses one.",
    )


@strawberry.enum(description="Which addresses confirm a change of the address.")
class EmailChangeConfirms(Enum):
    NEW = strawberry.enum_value(
        "NEW", description="The new one, by the code or link that is mailed to it."
    )
    BOTH = strawberry.enum_value(
        "BOTH", description="The new one, and the old one by a link that is mailed to it."
    )


@strawberry.type(description="What a form shows of the product that a person registers with.")
class Product:
    name: str = strawberry.field(
        description="The name of the tenant, or of the server's own product."
    )
    logo_url: str | None = strawberry.field(
        description="Where the logo is, relative to the server's URL, such as `logo/4f5e.png`. "
        "Null: there is none."
    )
    support: str | None = strawberry.field(
        description="Who helps people: an email address or a URL. Null: nobody is named."
    )
    support_url: str | None = strawberry.field(
        description="Where a link to the support leads: the URL, or `mailto:` and the address."
    )


@strawberry.type(
    description="What a registration has to bring. A form can draw itself from this.",
)
class RegistrationPolicy:
    roles: list[str] = strawberry.field(
        description="The roles that a person may ask for, in lower case."
    )
    default_role: str | None = strawberry.field(
        description="The role of a registration without one. Null: `role` is required."
    )
    name_required: bool = strawberry.field(description="Whether `name` must be given.")
    password_min_length: int = strawberry.field(
        description="The least number of characters (Unicode code points) of a password."
    )
    password_max_length: int = strawberry.field(
        description="The greatest number of characters (Unicode code points) of a password."
    )
    password_at: PasswordAt = strawberry.field(
        description="When a person chooses the password: with `register`, or with `verifyEmail` or "
        "`verifyEmailByLink`."
    )
    verification_methods: list[VerificationMethod] = strawberry.field(
        description="What the mail after a registration holds."
    )
    product: Product = strawberry.field(description="The product that a person registers with.")
    otp_seconds: int | None = strawberry.field(
        description="How many seconds a code is valid. Null: the mail has no code."
    )
    link_seconds: int | None = strawberry.field(
        description="How many seconds a link is valid. Null: the mail has no link."
    )
    ask_invited_by: bool = strawberry.field(
        description="Whether a form asks for `invitedBy`. `register` accepts it in any case."
    )
    email_change_confirms: EmailChangeConfirms = strawberry.field(
        description="Which addresses confirm a change of the address. `BOTH`: a form tells the "
        "person to look into both mailboxes."
    )
    deletion_days: int = strawberry.field(
        description="For how many days a person can cancel the deletion of the account. 0: it is "
        "deleted at once. A form says so before."
    )
    profile_fields: list[ProfileField] = strawberry.field(
        description="The fields of the profile, in the order of a form. `register` takes their "
        "values, and `updateProfile` too."
    )

    @classmethod
    @lru_cache(maxsize=256)  # every form requests it, and policies rarely change
    def of(cls, policy: Policy, *, name: str, branding: FormBranding, language: str) -> Self:
        return cls(
            roles=list(policy.roles),
            default_role=policy.default_role,
            name_required=policy.name_required,
            password_min_length=policy.password_min_length,
            password_max_length=policy.password_max_length,
            password_at=PasswordAt[policy.password_at.name],
            verification_methods=methods_of(policy.verification_methods),
            product=Product(
                name=name,
                logo_url=branding.logo_url,
                support=branding.support,
                support_url=branding.support_url,
            ),
            otp_seconds=_seconds(policy.otp_lifetime),
            link_seconds=_seconds(policy.link_lifetime),
            ask_invited_by=policy.ask_invited_by,
            email_change_confirms=EmailChangeConfirms(policy.email_change_confirms.value),
            deletion_days=policy.deletion_days,
            profile_fields=[ProfileField.of(field, language=language) for field in policy.profile],
        )


def _seconds(lifetime: timedelta | None) -> int | None:
    return None if lifetime is None else int(lifetime.total_seconds())
