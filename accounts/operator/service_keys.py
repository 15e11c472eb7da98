"""Creates, lists and revokes the keys of services."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.problems import InvalidName
from accounts.registration.input import checked_name
from accounts.services.service_keys import Scope, new_service_key
from accounts.sessions.token import hash_of_token
from languages.text import Text
from models import ServiceKey

_MAX_NAME = 64
"""Characters, as in the column."""


@dataclass(frozen=True)
class ServiceKeyCreated:
    """A new key. `secret` is shown once: only its hash is stored."""

    key: ServiceKey
    secret: str = field(repr=False)


@dataclass(frozen=True)
class ServiceKeyNameTaken:
    """Another key has the name, perhaps one that has expired."""


CreateServiceKeyOutcome: TypeAlias = ServiceKeyCreated | ServiceKeyNameTaken | InvalidName


async def create(
    *, name: str, scopes: Sequence[Scope], lasts: timedelta, actor: str, env: Environment
) -> CreateServiceKeyOutcome:
    """Creates a key that ends after `lasts`. The unique name decides between two at once."""
    checked = checked_name(name, required=True)
    if not isinstance(checked, str):
        return InvalidName(Text("Name is required.")) if checked is None else checked
    if len(checked) > _MAX_NAME:
        return InvalidName(Text("Name must be at most %(count)s characters.", count=_MAX_NAME))
    secret, now = new_service_key(), env.clock()
    detail = f"{', '.join(scopes)}; until {now + lasts:%Y-%m-%d}"
    try:
        async with in_transaction():
            key = await ServiceKey.create(
                name=checked,
                key_hash=hash_of_token(secret),
                scopes=list(scopes),
                created_at=now,
                expires_at=now + lasts,
            )
            subject = Subject(checked)
            event = Event(Action.SERVICE_KEY_CREATED, subject, at=now, actor=actor, detail=detail)
            await audit.record(event)
    except IntegrityError:
        return ServiceKeyNameTaken()
    return ServiceKeyCreated(key, secret)


async def every() -> list[ServiceKey]:
    """All keys, also those that have expired, oldest first."""
    return await ServiceKey.all().order_by("created_at", "id")


async def revoke(*, name: str, actor: str, env: Environment) -> bool:
    """Deletes a key, so that no request has it any more. False if there is none of this name."""
    async with in_transaction():
        revoked = bool(await ServiceKey.filter(name=name.strip()).delete())
        if revoked:
            subject = Subject(name.strip())
            event = Event(Action.SERVICE_KEY_REVOKED, subject, at=env.clock(), actor=actor)
            await audit.record(event)
    return revoked
