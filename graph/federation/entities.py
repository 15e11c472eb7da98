"""Answers `_entities`: the users and tenants that a gateway names by their ids."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import strawberry

from accounts.services.entities import Entities, read_entities
from accounts.services.service_keys import MissingScope, UnknownServiceKey, is_key
from graph.context import Context
from graph.execution.failures import RefusedFieldError
from graph.types.user import Tenant, User

MOST_FOR_SERVICE = 500
"""They fill half of the largest body that a request may have."""

MOST_FOR_PERSON = 10
"""People read two entities at most: hundreds of answers would only take time."""

Entity: TypeAlias = Annotated[
    User | Tenant,
    strawberry.union("_Entity", description="What other subgraphs can refer to by its id."),
]


async def resolve(
    representations: Sequence[object], context: Context
) -> list[User | Tenant | None]:
    """The entity of each representation; None where there is none that the request may read."""
    _check_number(len(representations), by_service=is_key(context.bearer))
    asked = [_key(each) for each in representations]
    outcome = await read_entities(
        users={key for kind, key in asked if kind == "User"},
        tenants={key for kind, key in asked if kind == "Tenant"},
        bearer=context.bearer,
        env=context.env,
    )
    match outcome:
        case Entities() as found:
            return [_answer(kind, key, found, context) for kind, key in asked]
        case UnknownServiceKey():
            told = "This service key is unknown, has expired or was revoked."
            raise RefusedFieldError(told, code="UNAUTHENTICATED")
        case MissingScope(scope):
            told = f"The service key needs the scope {scope}."
            raise RefusedFieldError(told, code="FORBIDDEN")


def _check_number(number: int, *, by_service: bool) -> None:
    most = MOST_FOR_SERVICE if by_service else MOST_FOR_PERSON
    if number > most:
        told = f"_entities takes at most {most} representations from "
        told += "a service key." if by_service else "a request without a service key."
        raise RefusedFieldError(told, code="TOO_MANY_REPRESENTATIONS")


_NOBODY = UUID(int=0)


def _key(representation: Any) -> tuple[str, UUID]:
    """The type and the id of a representation. No row has the id if it is malformed."""
    try:
        return representation["__typename"], UUID(representation["id"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return "", _NOBODY


def _answer(kind: str, key: UUID, found: Entities, context: Context) -> User | Tenant | None:
    if kind == "Tenant" and key in found.tenants:
        return Tenant.of(found.tenants[key])
    if kind != "User" or key not in found.users:
        return None
    user = replace(User.of(found.users[key], env=context.env), tells_sessions=False)
    return user if found.of_viewer else _for_service(user)


def _for_service(user: User) -> User:
    """The user without what only they may read, which is an error of the field."""
    # graphql-core raises an exception that is the value of a field.
    hidden: dict[str, Any] = {"profile": _hidden("profile"), "invited_by": _hidden("invitedBy")}
    return replace(user, **hidden)


def _hidden(field: str) -> RefusedFieldError:
    # A new one each time: raising it adds to its traceback.
    told = f"No service key reads {field} of a user."
    return RefusedFieldError(told, code="FORBIDDEN")
