"""Reads users and tenants by their ids, for the gateway of a federated graph."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

from accounts.environment import Environment
from accounts.services.service_keys import MissingScope, Scope, UnknownServiceKey, is_key, key_for
from accounts.sessions.current import Unauthenticated, current_session
from models import Tenant, User
from models.sql.entities import tenants_among, users_among


@dataclass(frozen=True)
class Entities:
    """The requested users and tenants that the caller may read, by their ids."""

    users: Mapping[UUID, User] = field(default_factory=dict)
    tenants: Mapping[UUID, Tenant] = field(default_factory=dict)
    of_viewer: bool = False
    """Whether the only user is the one who asks."""


EntitiesOutcome: TypeAlias = Entities | UnknownServiceKey | MissingScope


async def read_entities(
    *, users: Collection[UUID], tenants: Collection[UUID], bearer: str | None, env: Environment
) -> EntitiesOutcome:
    """The users and the tenants with these ids, by one statement for each of the two kinds.

    A service key with the scope reads all but users who are about to be deleted. The token of a
    session reads its user and their tenant.
    """
    if not is_key(bearer):
        return await _of_session(users, tenants, token=bearer, env=env)
    allowed = await key_for(Scope.ENTITIES_READ, key=bearer, env=env)
    if isinstance(allowed, UnknownServiceKey | MissingScope):
        return allowed
    return Entities(
        users={user.id: user for user in await users_among(users)},
        tenants={tenant.id: tenant for tenant in await tenants_among(tenants)},
    )


async def _of_session(
    users: Collection[UUID], tenants: Collection[UUID], *, token: str | None, env: Environment
) -> Entities:
    current = await current_session(token=token, env=env)
    if isinstance(current, Unauthenticated):
        return Entities()
    user, tenant = current.user, current.user.tenant
    return Entities(
        users={user.id: user} if user.id in users else {},
        tenants={tenant.id: tenant} if tenant is not None and tenant.id in tenants else {},
        of_viewer=True,
    )
