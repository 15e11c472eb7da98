"""Reads input objects that are written in a document, with variables in them."""

from collections.abc import Callable
from typing import Any, TypeAlias

from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    ObjectValueNode,
    ValueNode,
    get_nullable_type,
)

from graph.execution.compiled.definitions import (
    ReadInto,
    UnplannableError,
    Variables,
    definition_of,
    python_name_of,
)

ReadEntry: TypeAlias = Callable[[str, GraphQLInputType, ValueNode], ReadInto]
"""Makes a reader for one entry of an object."""


def object_literal(
    name: str, type_: GraphQLInputType, node: ObjectValueNode, *, read_entry: ReadEntry
) -> ReadInto:
    """A reader that stores the object under `name`. Raises UnplannableError."""
    bare = get_nullable_type(type_)
    if not isinstance(bare, GraphQLInputObjectType):
        raise UnplannableError
    kind = definition_of(bare).origin
    readers = [
        read_entry(
            python_name_of(bare, entry.name.value), bare.fields[entry.name.value].type, entry.value
        )
        for entry in node.fields
    ]

    def read_into(variables: Variables, values: dict[str, Any]) -> None:
        entries: dict[str, Any] = {}
        for read in readers:
            read(variables, entries)
        values[name] = kind(**entries)

    return read_into
