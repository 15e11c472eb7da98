"""Turns single values into JSON's."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
)

from graph.planning.definitions import definition_of
from graph.planning.unusual import UnusualError

Complete: TypeAlias = Callable[[Any], Any]
"""A resolver's value as JSON has it. Raises UnusualError, or whatever a broken value raises."""

_AS_THEY_ARE: Mapping[GraphQLLeafType, type] = {
    GraphQLString: str,
    GraphQLID: str,
    GraphQLBoolean: bool,
}


_2_31 = 2**31
"""GraphQL's integers have 32 bits."""


def leaf(type_: GraphQLLeafType) -> Complete:
    """Completes a value that is there."""
    serialize = _serialize(type_)
    plain = _AS_THEY_ARE.get(type_)
    if plain is None:
        return serialize
    return lambda value: value if type(value) is plain else serialize(value)


def required_leaf(type_: GraphQLLeafType) -> Complete:
    """Completes a value that has to be there, by one call for nearly all of an answer's fields."""
    serialize = _serialize(type_)
    plain = _AS_THEY_ARE.get(type_)

    def required(value: Any) -> Any:
        if type(value) is plain:
            return value
        if value is None:
            raise UnusualError
        return serialize(value)

    return required


def _serialize(type_: GraphQLLeafType) -> Complete:
    """What graphql-core does, without its detours for what resolvers usually give."""
    serialize = type_.serialize
    if type_ is GraphQLInt:
        return lambda value: (
            value if type(value) is int and -_2_31 <= value < _2_31 else serialize(value)
        )
    if isinstance(type_, GraphQLEnumType):
        names = {member: serialize(member) for member in definition_of(type_).wrapped_cls}
        return lambda value: names[value] if value in names else serialize(value)
    return serialize
