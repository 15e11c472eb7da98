"""Strawberry's definitions of types and fields, and the errors for what plans do not handle."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLNamedType,
)
from strawberry.schema.schema_converter import GraphQLCoreConverter

Variables: TypeAlias = Mapping[str, Any]
ReadInto: TypeAlias = Callable[[Variables, dict[str, Any]], None]
"""Reads a value from variables into a dict; adds no key if no value was given."""


class UnplannableError(Exception):
    """The operation has a part that plans do not support: graphql-core always executes it."""


class UnsupportedValueError(Exception):
    """A value may be invalid: graphql-core executes this request, and reports any error."""


def definition_of(
    part: GraphQLNamedType | GraphQLField | GraphQLInputField | GraphQLArgument,
) -> Any:
    """Strawberry's own definition of a part of the schema."""
    return part.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]


def plannable_field(field: GraphQLField) -> Any:
    """Strawberry's definition of a field that a plan may call or read directly.

    Raises UnplannableError for a field with extensions or permission classes. Strawberry runs them
    around the resolver. A plan calls only the resolver, and would bypass the permissions.
    """
    definition = definition_of(field)
    if definition.extensions or definition.permission_classes:
        raise UnplannableError
    return definition


def python_name_of(type_: GraphQLInputObjectType, field: str) -> str:
    """The name of an input's field in its Python class."""
    name: str = definition_of(type_.fields[field]).python_name
    return name
