"""What Strawberry knows of the schema's types and fields, and what no plan can be made for."""

from typing import Any

from graphql import GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLNamedType
from strawberry.schema.schema_converter import GraphQLCoreConverter


class UnplannableError(Exception):
    """The operation has something that no plan knows: graphql-core executes it, each time."""


class UnusualError(Exception):
    """A value is not as it should be: graphql-core executes this request, and says why."""


def definition_of(
    part: GraphQLNamedType | GraphQLField | GraphQLInputField | GraphQLArgument,
) -> Any:
    """Strawberry's own definition of a part of the schema."""
    return part.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]


def plannable_field(field: GraphQLField) -> Any:
    """Strawberry's definition of a field that a plan may call or read by itself.

    Raises UnplannableError for a field with extensions or permission classes, which Strawberry runs
    around the resolver: a plan calls the resolver alone, and would let everybody in.
    """
    definition = definition_of(field)
    if definition.extensions or definition.permission_classes:
        raise UnplannableError
    for argument in field.args.values():
        if getattr(definition_of(argument), "extensions", None):
            raise UnplannableError
    return definition
