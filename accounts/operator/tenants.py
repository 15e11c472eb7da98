"""Creates, changes and deletes tenants."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic.alias_generators import to_camel
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.operator import letterheads
from accounts.operator.letterheads import InvalidLetterhead, Letterhead
from accounts.policies.policy import FIELDS_AFTER_0_1, Policy
from accounts.problems import InvalidName, TenantNotFound
from accounts.registration.input import checked_name
from models import Tenant, User
from models.sql.database import fetch

_PLAIN = Letterhead()


@dataclass(frozen=True)
class PolicySet:
    """The tenant has a new policy. Users with roles that it does not have keep them."""

    users_with_other_roles: int


@dataclass(frozen=True)
class TenantDeleted:
    """The tenant is gone."""


@dataclass(frozen=True)
class TenantHasUsers:
    """A tenant with users cannot be deleted."""

    count: int


async def create(
    *, name: str, policy: Policy, letterhead: Letterhead = _PLAIN, actor: str, now: datetime
) -> Tenant | InvalidLetterhead:
    """Creates a tenant, or returns what is wrong with its name or its letterhead."""
    title = checked_name(name, required=True)
    if isinstance(title, InvalidName):
        return title
    stored = letterheads.checked_letterhead(letterhead)
    if not isinstance(stored, Letterhead):
        return stored
    async with in_transaction():
        tenant = await Tenant.create(
            name=title, policy=_document(policy), created_at=now, **vars(stored)
        )
        event = _event(Action.TENANT_CREATED, tenant, actor=actor, now=now)
        await audit.record(replace(event, detail=f"{title}, {policy.name}"))
    return tenant


# Locks the row, so that the audit entry names the policy that was really replaced.
_LOCK_AND_READ = "UPDATE tenants SET name = name WHERE id = $1 RETURNING policy"


async def set_policy(
    *, tenant: Tenant, policy: Policy, actor: str, now: datetime
) -> PolicySet | TenantNotFound:
    """Replaces the policy for new registrations. Codes and links that are valid stay valid."""
    async with in_transaction():
        locked = await fetch(_LOCK_AND_READ, tenant.id)
        if not locked:
            return TenantNotFound()
        before = Policy.model_validate_json(locked[0]["policy"])
        await Tenant.filter(id=tenant.id).update(policy=_document(policy))
        event = _event(Action.POLICY_SET, tenant, actor=actor, now=now)
        await audit.record(replace(event, detail=_changes(before, policy)))
    users_with_other_roles = User.filter(tenant_id=tenant.id).exclude(role__in=policy.roles)
    return PolicySet(users_with_other_roles=await users_with_other_roles.count())


async def delete(
    *, tenant: Tenant, actor: str, now: datetime
) -> TenantDeleted | TenantHasUsers | TenantNotFound:
    """Deletes the tenant unless it has users: the foreign key decides, even in a race."""
    try:
        async with in_transaction():
            deleted = await fetch("DELETE FROM tenants WHERE id = $1 RETURNING id", tenant.id)
            if not deleted:
                return TenantNotFound()
            event = _event(Action.TENANT_DELETED, tenant, actor=actor, now=now)
            await audit.record(replace(event, detail=tenant.name))
    except IntegrityError:
        count = await User.filter(tenant_id=tenant.id).count()
        # No users are left, so the last one has just gone: try again.
        return TenantHasUsers(count) if count else await delete(tenant=tenant, actor=actor, now=now)
    return TenantDeleted()


def _document(policy: Policy) -> dict[str, object]:
    document = policy.model_dump(mode="json", by_alias=True)
    # A node of an older release refuses a policy with a key that it does not know.
    for name in FIELDS_AFTER_0_1:
        if getattr(policy, name) == Policy.model_fields[name].default:
            del document[to_camel(name)]
    return document


def _changes(before: Policy, after: Policy) -> str:
    """The names of both policies, and each key that differs with its old and its new value."""
    old, new = map(_audited, (before, after))
    changed = "; ".join(
        f"{key} {json.dumps(old[key])} → {json.dumps(new[key])}"
        for key in old
        if key != "name" and old[key] != new[key]
    )
    named = f"{before.name} → {after.name}"
    return f"{named}: {changed}" if changed else named


def _audited(policy: Policy) -> dict[str, object]:
    document = policy.model_dump(mode="json", by_alias=True)
    # The labels in all languages are longer than a detail of an entry may be.
    return {**document, "profile": [field.summary for field in policy.profile]}


def _event(action: Action, tenant: Tenant, *, actor: str, now: datetime) -> Event:
    return Event(action, Subject(str(tenant.id)), at=now, actor=actor)
