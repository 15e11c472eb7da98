"""Tenants: products or organisations with a registration policy of their own."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import orjson
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from accounts import audit, letterheads, names
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.letterheads import InvalidLetterhead, Letterhead
from accounts.policies import Policy
from accounts.problems import InvalidName
from models import Tenant, User
from models.database import fetch
from models.reading import read_tenant

_PLAIN = Letterhead()


@dataclass(frozen=True)
class Product:
    """Where a person registers: a tenant, or the deployment itself (`tenant` is None)."""

    tenant: Tenant | None
    name: str
    policy: Policy


@dataclass(frozen=True)
class PolicySet:
    """`strangers` users have a role that the new policy does not know; they keep it."""

    strangers: int


@dataclass(frozen=True)
class Deleted:
    pass


@dataclass(frozen=True)
class HasUsers:
    """A tenant is not deleted while somebody is registered with it."""

    count: int


@dataclass(frozen=True)
class NoSuchTenant:
    pass


async def find_product(*, tenant: str | None, env: Environment) -> Product | None:
    """The product that a tenant's id names, the deployment's own for None; None: no such tenant."""
    if tenant is None:
        return product_of(None, env=env)
    found = await find(tenant)
    return None if found is None else product_of(found, env=env)


async def find(tenant_id: str) -> Tenant | None:
    """The tenant with this id, None for an unknown or malformed one."""
    try:
        return await read_tenant(UUID(tenant_id))
    except ValueError:
        return None


async def create(
    *, name: str, policy: Policy, letterhead: Letterhead = _PLAIN, actor: str, now: datetime
) -> Tenant | InvalidLetterhead:
    """A new tenant, or what is wrong with its name or its letterhead."""
    title = names.checked(name, required=True)
    if isinstance(title, InvalidName):
        return title
    stored = letterheads.checked(letterhead)
    if not isinstance(stored, Letterhead):
        return stored
    async with in_transaction():
        tenant = await Tenant.create(
            name=title, policy=_document(policy), created_at=now, **vars(stored)
        )
        event = _event(Action.TENANT_CREATED, tenant, actor=actor, now=now)
        await audit.record(replace(event, detail=f"{title}, {policy.name}"))
    return tenant


# A write, so that nobody else changes the policy between what the audit says of it.
_TAKE = "UPDATE tenants SET name = name WHERE id = $1 RETURNING policy"


async def set_policy(
    *, tenant: Tenant, policy: Policy, actor: str, now: datetime
) -> PolicySet | NoSuchTenant:
    """Has the tenant's registrations follow another policy. Codes and links that run stay."""
    async with in_transaction():
        taken = await fetch(_TAKE, tenant.id)
        if not taken:
            return NoSuchTenant()
        before = _policy(taken[0]["policy"].encode())
        await Tenant.filter(id=tenant.id).update(policy=_document(policy))
        event = _event(Action.POLICY_SET, tenant, actor=actor, now=now)
        await audit.record(replace(event, detail=f"{before.name} → {policy.name}"))
    strangers = User.filter(tenant_id=tenant.id).exclude(role__in=policy.roles)
    return PolicySet(strangers=await strangers.count())


async def delete(*, tenant: Tenant, actor: str, now: datetime) -> Deleted | HasUsers | NoSuchTenant:
    """Removes the tenant, unless it has users: the foreign key decides, whoever registers."""
    try:
        async with in_transaction():
            deleted = await fetch("DELETE FROM tenants WHERE id = $1 RETURNING id", tenant.id)
            if not deleted:
                return NoSuchTenant()
            event = _event(Action.TENANT_DELETED, tenant, actor=actor, now=now)
            await audit.record(replace(event, detail=tenant.name))
    except IntegrityError:
        count = await User.filter(tenant_id=tenant.id).count()
        # None left, so the last one has gone since: it may be deleted now.
        return HasUsers(count) if count else await delete(tenant=tenant, actor=actor, now=now)
    return Deleted()


def product_of(tenant: Tenant | None, *, env: Environment) -> Product:
    """The product of a user's tenant, or the deployment's own."""
    if tenant is None:
        return Product(tenant=None, name=env.product_name, policy=env.default_policy)
    return Product(tenant=tenant, name=tenant.name, policy=policy_of(tenant))


@lru_cache(maxsize=256)  # each request of a tenant asks for it, and it hardly ever changes
def _policy(document: bytes) -> Policy:
    return Policy.model_validate_json(document)


def policy_of(tenant: Tenant) -> Policy:
    """The tenant's own policy, as it was when it was set."""
    return _policy(orjson.dumps(tenant.policy))


def _document(policy: Policy) -> dict[str, object]:
    return policy.model_dump(mode="json", by_alias=True)


def _event(action: Action, tenant: Tenant, *, actor: str, now: datetime) -> Event:
    return Event(action, Subject(str(tenant.id)), at=now, actor=actor)
