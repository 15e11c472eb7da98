"""Example values of the schema's types, as JSON: what a client could be answered."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_abstract_type,
    is_input_object_type,
)

from accounts.email_change.change import ChangeAddress
from accounts.policies.choices import EmailChangeConfirms
from graph.execution.compiled.definitions import definition_of
from graph.mutations.confirm_email_change import MISSING_ADDRESS
from graph.mutations.register import SENT_A_CODE
from graph.mutations.request_email_change import WHAT_TO_CONFIRM

_TYPICAL: Mapping[str, object] = {
    "name": "Ada Lovelace",
    "email": "ada@example.com",
    "role": "customer",
    "field": "email",
    "key": "phone",
    "message": "Done.",
    "retryAfterSeconds": 60,
    "attemptsRemaining": 4,
    "minLength": 8,
    "maxLength": 128,
    "digits": 6,
    "endedSessions": 1,
    "accessToken": "example-access-token",
    "continuation": "example-continuation",
    "jwt": "example.service.token",
    "incidentId": "0f8fad5bd9cb469fa16570867728950e",
}
"""What a field of this name usually has."""

_FILLED = {"methods", "errors", "allowedRoles"}
"""Lists that always have an entry. Others are usually empty."""

_SECONDS = {"createdAt": 0, "updatedAt": 0, "lastUsedAt": 0, "resendAvailableAt": 60}

_IN_PART: Mapping[str, Mapping[str, Any]] = {
    "RegisterSuccess": {
        "message": SENT_A_CODE,
        "user": {"isVerified": False, "nextSteps": ["VERIFY_EMAIL"]},
    },
    "EmailChangeRequested": {"message": WHAT_TO_CONFIRM[EmailChangeConfirms.NEW]},
    "EmailChangeHalfConfirmed": {"message": MISSING_ADDRESS[ChangeAddress.OLD]},
    "InvalidEmailError": {"message": "An email address must have an @-sign."},
}
"""What follows from the member itself."""

_LIFETIME = 600
"""Seconds."""
_ID = "01a201b9-5435-76e5-b376-a31db06cb281"
_SCALARS: Mapping[str, object] = {"Boolean": True, "Int": 1, "ID": _ID, "String": "example"}


def default_of(field: GraphQLField, *, owner: GraphQLObjectType) -> str | None:
    """The text of a field that a type always has, such as the `message` of most errors."""
    name = definition_of(field).python_name
    for each in fields(definition_of(owner).origin):
        if each.name == name and each.default is not MISSING and isinstance(each.default, str):
            return each.default
    return None


class Examples:
    """Makes values of a schema's types, as they are in the JSON of an answer.

    `moment` tells the time in so many seconds.
    """

    def __init__(self, schema: GraphQLSchema, *, moment: Callable[[int], str]) -> None:
        self._schema = schema
        self._moment = moment

    def of(self, type_: GraphQLObjectType) -> dict[str, Any]:
        """An object with all its fields and `__typename`."""
        made: dict[str, Any] = {
            name: default_of(field, owner=type_) or self.value(name, field.type)
            for name, field in type_.fields.items()
        }
        for name, part in _IN_PART.get(type_.name, {}).items():
            made[name] = {**made[name], **part} if isinstance(part, dict) else part
        return {"__typename": type_.name, **made}

    def value(self, name: str, type_: GraphQLOutputType) -> Any:
        """A value of a field with this name and type. It is null if it usually is."""
        if not isinstance(type_, GraphQLNonNull):
            return _TYPICAL.get(name)
        inner = type_.of_type
        if isinstance(inner, GraphQLList):
            return [self.value(name, inner.of_type)] if name in _FILLED else []
        if isinstance(inner, GraphQLObjectType):
            return self.of(inner)
        if isinstance(inner, GraphQLInterfaceType | GraphQLUnionType):
            return self.of(self._schema.get_possible_types(inner)[0])
        if isinstance(inner, GraphQLEnumType):
            return next(iter(inner.values))
        if inner.name == "DateTime":
            return self._moment(_SECONDS.get(name, _LIFETIME))
        return _TYPICAL.get(name, _SCALARS[inner.name])


def members_of(schema: GraphQLSchema, mutation: str) -> dict[str, GraphQLObjectType] | None:
    """The members of a mutation's union by their names; None if there is no such mutation."""
    root = schema.mutation_type
    field = root.fields.get(mutation) if root is not None else None
    if field is None:
        return None
    union = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    if not is_abstract_type(union):
        return None
    return {member.name: member for member in schema.get_possible_types(union)}


def inputs_of(schema: GraphQLSchema, mutation: str) -> list[str]:
    """The names of a mutation's input fields."""
    root = schema.mutation_type
    arguments = root.fields[mutation].args.values() if root is not None else ()
    inputs = (get_named_type(argument.type) for argument in arguments)
    return [name for each in inputs if is_input_object_type(each) for name in each.fields]
