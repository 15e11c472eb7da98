"""Reads the values of inputs, as they come in variables or stand in a document."""

from collections.abc import Callable
from typing import Any, TypeAlias

from graphql import (
    GraphQLBoolean,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLString,
    is_required_input_field,
)

from graph.execution.compiled.definitions import (
    UnplannableError,
    UnsupportedValueError,
    definition_of,
)

Read: TypeAlias = Callable[[Any], Any]
"""Turns a JSON value into the value that a resolver takes. Raises UnsupportedValueError."""


def reader(type_: GraphQLInputType) -> Read:
    """A reader for values of this type. Raises UnplannableError."""
    if isinstance(type_, GraphQLNonNull):
        return _present(type_.of_type)
    present = _present(type_)

    def read(value: Any) -> Any:
        return None if value is None else present(value)

    return read


def _present(type_: GraphQLInputType) -> Read:
    if type_ in {GraphQLString, GraphQLID}:
        return _text
    if type_ is GraphQLBoolean:
        return _flag
    if isinstance(type_, GraphQLInputObjectType):
        return _object(type_)
    if isinstance(type_, GraphQLList):
        return _list(reader(type_.of_type))
    raise UnplannableError


def _text(value: Any) -> str:
    if type(value) is not str:
        raise UnsupportedValueError
    return value


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise UnsupportedValueError
    return value


def _list(item: Read) -> Read:
    def read(value: Any) -> Any:
        if type(value) is not list:
            raise UnsupportedValueError
        return [item(each) for each in value]

    return read


def _object(type_: GraphQLInputObjectType) -> Read:
    kind = definition_of(type_).origin
    fields = {
        name: (python_name_of(type_, name), reader(field.type))
        for name, field in type_.fields.items()
    }
    required = {name for name, field in type_.fields.items() if is_required_input_field(field)}

    def read(value: Any) -> Any:
        if type(value) is not dict or not required <= value.keys():
            raise UnsupportedValueError
        values = {}
        for name, item in value.items():
            if name not in fields:
                raise UnsupportedValueError
            python_name, read_field = fields[name]
            values[python_name] = read_field(item)
        return kind(**values)

    return read


def python_name_of(type_: GraphQLInputObjectType, field: str) -> str:
    """The name of an input's field in its Python class."""
    name: str = definition_of(type_.fields[field]).python_name
    return name
