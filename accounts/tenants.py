"""Tenants: products or organisations with a registration policy of their own."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts import letterheads, names
from accounts.environment import Environment
from accounts.letterheads import InvalidLetterhead, Letterhead
from accounts.policies import Policy
from accounts.problems import InvalidName
from models import Tenant

_PLAIN = Letterhead()


@dataclass(frozen=True)
class Product:
    """Where a person registers: a tenant, or the deployment itself (`tenant` is None)."""

    tenant: Tenant | None
    name: str
    policy: Policy


async def find_product(*, tenant: str | None, env: Environment) -> Product | None:
    """The product that a tenant's id names, the deployment's own for None; None: no such tenant."""
    if tenant is None:
        return product_of(None, env=env)
    found = await find(tenant)
    return None if found is None else product_of(found, env=env)


async def find(tenant_id: str) -> Tenant | None:
    """The tenant with this id, None for an unknown or malformed one."""
    try:
        return await Tenant.get_or_none(id=UUID(tenant_id))
    except ValueError:
        return None


async def create(
    *, name: str, policy: Policy, letterhead: Letterhead = _PLAIN, now: datetime
) -> Tenant | InvalidLetterhead:
    """A new tenant, or what is wrong with its name or its letterhead."""
    checked = names.checked(name, required=True)
    if isinstance(checked, InvalidName):
        return checked
    letterhead_or_problem = letterheads.checked(letterhead)
    if not isinstance(letterhead_or_problem, Letterhead):
        return letterhead_or_problem
    document = policy.model_dump(mode="json", by_alias=True)
    return await Tenant.create(
        name=checked, policy=document, created_at=now, **vars(letterhead_or_problem)
    )


def product_of(tenant: Tenant | None, *, env: Environment) -> Product:
    """The product of a user's tenant, or the deployment's own."""
    if tenant is None:
        return Product(tenant=None, name=env.product_name, policy=env.default_policy)
    return Product(tenant=tenant, name=tenant.name, policy=policy_of(tenant))


def policy_of(tenant: Tenant) -> Policy:
    return Policy.model_validate(tenant.policy)
