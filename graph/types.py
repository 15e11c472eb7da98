"""The types that queries, mutations and subscriptions share."""

from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import Self

import strawberry

from accounts import policies
from accounts.verification import issue
from accounts.verification.status import VerificationStatus as Status
from graph.context import Branding
from models import Tenant as TenantRow
from models import User as UserRow


@strawberry.enum(description="How a person proves that an email address is theirs.")
class VerificationMethod(Enum):
    OTP = strawberry.enum_value(
        "OTP", description="A six-digit code from the mail, given to `verifyEmail`."
    )
    LINK = strawberry.enum_value(
        "LINK",
        description="A link in the mail, whose token a page gives to `verifyEmailByLink`.",
    )


@strawberry.enum(description="How a verification stands.")
class VerificationStatus(Enum):
    PENDING = strawberry.enum_value(
        Status.PENDING, description="Its code or link runs, and the address is not verified yet."
    )
    VERIFIED = strawberry.enum_value(
        Status.VERIFIED,
        description="The address is verified, by this code or link or by another one.",
    )
    EXPIRED = strawberry.enum_value(
        Status.EXPIRED,
        description="Its last code or link has ended, and the address is not verified.",
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

    @classmethod
    @lru_cache(maxsize=256)  # every form requests it, and policies rarely change
    def of(cls, policy: policies.Policy, *, name: str, branding: Branding) -> Self:
        return cls(
            roles=list(policy.roles),
            default_role=policy.default_role,
            name_required=policy.name_required,
            password_min_length=policy.password_min_length,
            password_max_length=policy.password_max_length,
            verification_methods=_methods(policy.verification_methods),
            product=Product(name=name, logo_url=branding.logo_url, support=branding.support),
            otp_seconds=_seconds(policy.otp_lifetime),
            link_seconds=_seconds(policy.link_lifetime),
            ask_invited_by=policy.ask_invited_by,
        )


@strawberry.type(
    description="A product or organisation on this server, with a registration policy of its own."
)
class Tenant:
    id: strawberry.ID = strawberry.field(description="Identifies the tenant (a UUID).")
    name: str = strawberry.field(description="The name by which operators know it.")
    display_name: str = strawberry.field(description="The name that its mails and pages show.")

    @classmethod
    def of(cls, tenant: TenantRow) -> Self:
        return cls(
            id=strawberry.ID(str(tenant.id)),
            name=tenant.name,
            display_name=tenant.display_name or tenant.name,
        )


@strawberry.type(description="A registered person.")
class User:
    __repr__ = object.__repr__  # keeps personal data out of logs

    id: strawberry.ID = strawberry.field(
        description="Identifies the user (a UUIDv7, so ids sort by the time of registration)."
    )
    name: str | None = strawberry.field(description="The full name, if one was given.")
    email: str = strawberry.field(
        description="The email address: lower case, an international domain in its ASCII form."
    )
    role: str = strawberry.field(description="One of the policy's roles, in lower case.")
    is_verified: bool = strawberry.field(
        description="Whether the person has proved that the address is theirs."
    )
    is_profile_complete: bool = strawberry.field(
        description="Whether the profile has been filled in. False after registration."
    )
    invited_by: str | None = strawberry.field(
        description="The address of whoever invited this person, as given at registration."
    )
    tenant: Tenant | None = strawberry.field(
        description="The tenant that the person registered with. Null: the server's own product."
    )
    created_at: datetime = strawberry.field(description="When the person registered.")
    updated_at: datetime = strawberry.field(description="When this record last changed.")

    @classmethod
    def of(cls, user: UserRow) -> Self:
        return cls(
            id=strawberry.ID(str(user.id)),
            name=user.name,
            email=user.email,
            role=user.role,
            is_verified=user.is_verified,
            is_profile_complete=user.is_profile_complete,
            invited_by=user.invited_by,
            tenant=Tenant.of(user.tenant) if user.tenant else None,
            created_at=user.created_at,
            updated_at=user.updated_at,
        )


@strawberry.type(description="What a person has to do next to verify their address.")
class PendingVerification:
    id: strawberry.ID = strawberry.field(
        description="An opaque, unguessable handle. It proves nothing about the address."
    )
    methods: list[VerificationMethod] = strawberry.field(description="What the mail holds.")
    expires_at: datetime = strawberry.field(
        description="When the last code or link of this mail ends."
    )
    resend_available_at: datetime = strawberry.field(
        description="From when on `resendVerification` sends another mail."
    )

    @classmethod
    def of(cls, pending: issue.PendingVerification) -> Self:
        return cls(
            id=strawberry.ID(str(pending.id)),
            methods=_methods(pending.methods),
            expires_at=pending.expires_at,
            resend_available_at=pending.resend_available_at,
        )


def _methods(methods: tuple[policies.VerificationMethod, ...]) -> list[VerificationMethod]:
    return [VerificationMethod(method.value) for method in methods]


def _seconds(lifetime: timedelta | None) -> int | None:
    return None if lifetime is None else int(lifetime.total_seconds())
