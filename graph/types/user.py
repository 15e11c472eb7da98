"""A user, their tenant, and the verification that is open."""

from datetime import datetime
from enum import Enum
from typing import Self
from uuid import UUID

import strawberry

from accounts.environment import Environment
from accounts.policies import choices
from accounts.profile.missing import missing_fields
from accounts.sessions.list_sessions import sessions_of
from accounts.tenants import policy_of
from accounts.verification import issue
from accounts.verification.status import VerificationStatus as Status
from graph.context import Info
from graph.execution.failures import with_time_limit
from graph.types.profile import ProfileValue
from graph.types.session import Session
from graph.types.verification_method import VerificationMethod
from models import Tenant as TenantRow
from models import User as UserRow


@strawberry.enum(description="How a verification stands.")
class VerificationStatus(Enum):
    PENDING = strawberry.enum_value(
        Status.PENDING, description="Its code or link runs, and the address is not verified yet."
    )
    VERIFIED = strawberry.enum_value(
        Status.VERIFIED,
        description="The address is verified, by this code or link or by another one. After "
        "`requestEmailChange`: the account has the new address.",
    )
    EXPIRED = strawberry.enum_value(
        Status.EXPIRED,
        description="Its last code or link has ended, and the address is not verified.",
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


@strawberry.enum(description="What a person has to do next.")
class NextStep(Enum):
    VERIFY_EMAIL = strawberry.enum_value(
        "VERIFY_EMAIL", description="Prove that the address is theirs: `isVerified` is false."
    )
    COMPLETE_PROFILE = strawberry.enum_value(
        "COMPLETE_PROFILE",
        description="Give what `missingProfileFields` names, to `updateProfile`.",
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
        description="Whether the profile has all that the policy requires: "
        "`missingProfileFields` is empty."
    )
    profile: list[ProfileValue] = strawberry.field(
        description="What the person has given for the policy's fields, in the policy's order."
    )
    missing_profile_fields: list[str] = strawberry.field(
        description="The keys of the required fields that have no value."
    )
    next_steps: list[NextStep] = strawberry.field(
        description="What the person has to do next, the first step first."
    )
    invited_by: str | None = strawberry.field(
        description="The address of whoever invited this person, as given at registration."
    )
    tenant: Tenant | None = strawberry.field(
        description="The tenant that the person registered with. Null: the server's own product."
    )
    created_at: datetime = strawberry.field(description="When the person registered.")
    updated_at: datetime = strawberry.field(description="When this record last changed.")
    tells_sessions: strawberry.Private[bool] = True
    """Whether `sessions` may be read: each user takes a statement for it."""

    @classmethod
    def of(cls, user: UserRow, *, env: Environment) -> Self:
        policy = env.product.policy if user.tenant is None else policy_of(user.tenant)
        given = user.profile or {}
        missing = missing_fields(given, policy=policy) if policy.profile else []
        return cls(
            id=strawberry.ID(str(user.id)),
            name=user.name,
            email=user.email,
            role=user.role,
            is_verified=user.is_verified,
            is_profile_complete=not missing,
            profile=[
                ProfileValue.of(field.key, given[field.key])
                for field in policy.profile
                if field.key in given
            ],
            missing_profile_fields=missing,
            next_steps=_next_steps(user, missing),
            invited_by=user.invited_by,
            tenant=Tenant.of(user.tenant) if user.tenant else None,
            created_at=user.created_at,
            updated_at=user.updated_at,
        )

    @strawberry.field(
        description="All sessions of the person, the newest login first. Null: the request has no "
        "session of this person."
    )
    @with_time_limit
    async def sessions(self, info: Info) -> list[Session] | None:
        if not self.tells_sessions:
            return None
        context = info.context
        found = await sessions_of(UUID(self.id), token=context.bearer, env=context.env)
        return [Session.of(each) for each in found] or None


def _next_steps(user: UserRow, missing: list[str]) -> list[NextStep]:
    steps = {
        NextStep.VERIFY_EMAIL: not user.is_verified,
        NextStep.COMPLETE_PROFILE: bool(missing),
    }
    return [step for step, is_due in steps.items() if is_due]


@strawberry.type(description="What a person has to do next to verify their address.")
class PendingVerification:
    id: strawberry.ID = strawberry.field(
        description="An opaque, unguessable id. It proves nothing about the address."
    )
    methods: list[VerificationMethod] = strawberry.field(description="What the mail holds.")
    expires_at: datetime = strawberry.field(
        description="When the last code or link of this mail ends."
    )
    resend_available_at: datetime = strawberry.field(
        description="From when on `resendVerification` or `requestEmailChange` sends another mail."
    )

    @classmethod
    def of(cls, pending: issue.OpenVerification) -> Self:
        return cls(
            id=strawberry.ID(str(pending.id)),
            methods=methods_of(pending.methods),
            expires_at=pending.expires_at,
            resend_available_at=pending.resend_available_at,
        )


def methods_of(methods: tuple[choices.VerificationMethod, ...]) -> list[VerificationMethod]:
    return [VerificationMethod(method.value) for method in methods]
