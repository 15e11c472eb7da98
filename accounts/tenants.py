"""Tenants: products or organisations that have their own registration policy."""

from functools import lru_cache
from uuid import UUID

import orjson

from accounts.environment import Environment, Product
from accounts.policies.policy import Policy
from models import Tenant
from models.sql.select import read_tenant


async def find_product(tenant_id: str) -> Product | None:
    """The product of the tenant with this id; None if there is no such tenant."""
    tenant = await find(tenant_id)
    return None if tenant is None else Product(tenant, tenant.name, policy_of(tenant))


async def find(tenant_id: str) -> Tenant | None:
    """The tenant with this id; None if the id is unknown or malformed."""
    try:
        return await read_tenant(UUID(tenant_id))
    except ValueError:
        return None


def product_of(tenant: Tenant | None, *, env: Environment) -> Product:
    """The product of a user's tenant, or the deployment's own."""
    if tenant is None:
        return env.product
    return Product(tenant=tenant, name=tenant.name, policy=policy_of(tenant))


@lru_cache(maxsize=256)  # each request of a tenant needs its policy, which rarely changes
def _policy(document: bytes) -> Policy:
    return Policy.model_validate_json(document)


def policy_of(tenant: Tenant) -> Policy:
    """The policy as stored for the tenant. Later changes of a preset do not affect it."""
    return _policy(orjson.dumps(tenant.policy))
