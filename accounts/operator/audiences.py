"""Creates, lists and deletes the audiences of service tokens."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.operator.signing_keys import create_first
from accounts.problems import InvalidAudience
from accounts.service_tokens.claims import check_template
from accounts.service_tokens.issue import AUDIENCE_NAME
from models import Audience


@dataclass(frozen=True)
class AudienceCreated:
    audience: Audience


@dataclass(frozen=True)
class AudienceExists:
    """Another audience has the name."""


CreateAudienceOutcome: TypeAlias = AudienceCreated | AudienceExists | InvalidAudience


async def create(
    *, name: str, template: Any, has_email: bool, actor: str, env: Environment
) -> CreateAudienceOutcome:
    """Creates an audience, and the first signing key if there is none.

    Raises TemplateError for a template that is not valid.
    """
    if not AUDIENCE_NAME.fullmatch(name):
        return InvalidAudience()
    check_template(template, has_email=has_email)
    now = env.clock()
    try:
        async with in_transaction():
            await create_first(actor=actor, env=env)
            audience = await Audience.create(
                name=name, claims=template, has_email=has_email, created_at=now
            )
            detail = "with email" if has_email else None
            await audit.record(
                Event(Action.AUDIENCE_CREATED, Subject(name), at=now, actor=actor, detail=detail)
            )
    except IntegrityError:
        return AudienceExists()
    return AudienceCreated(audience)


async def every() -> list[Audience]:
    """All audiences, by name."""
    return await Audience.all().order_by("name")


async def delete(*, name: str, actor: str, env: Environment) -> bool:
    """Deletes an audience. Tokens that were issued for it end within five minutes.

    False if there is none of this name.
    """
    async with in_transaction():
        deleted = bool(await Audience.filter(name=name).delete())
        if deleted:
            event = Event(Action.AUDIENCE_DELETED, Subject(name), at=env.clock(), actor=actor)
            await audit.record(event)
    return deleted
