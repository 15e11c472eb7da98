"""What Strawberry knows of the types and fields that graphql-core has from it."""

from typing import Any

from graphql import GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLNamedType
from strawberry.schema.schema_converter import GraphQLCoreConverter


def definition_of(
    part: GraphQLNamedType | GraphQLField | GraphQLInputField | GraphQLArgument,
) -> Any:
    """Strawberry's own definition of a part of the schema."""
    return part.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
