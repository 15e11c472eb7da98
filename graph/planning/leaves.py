"""Turns single values into JSON's."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from graphql import GraphQLBoolean, GraphQLID, GraphQLLeafType, GraphQLString

from graph.planning.unusual import UnusualError

Complete: TypeAlias = Callable[[Any], Any]
"""A resolver's value as JSON has it. Raises UnusualError, or whatever a broken value raises."""

_AS_THEY_ARE: Mapping[GraphQLLeafType, type] = {
    GraphQLString: str,
    GraphQLID: str,
    GraphQLBoolean: bool,
}


def leaf(type_: GraphQLLeafType) -> Complete:
    """Completes a value that is there."""
    serialize = type_.serialize
    plain = _AS_THEY_ARE.get(type_)
    if plain is None:
        return serialize
    return lambda value: value if type(value) is plain else serialize(value)


def required_leaf(type_: GraphQLLeafType) -> Complete:
    """Completes a value that has to be there, by one call for nearly all of an answer's fields."""
    serialize = type_.serialize
    plain = _AS_THEY_ARE.get(type_)

    def required(value: Any) -> Any:
        if type(value) is plain:
            return value
        if value is None:
            raise UnusualError
        return serialize(value)

    return required
