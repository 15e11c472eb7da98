"""Reads variables and arguments directly into the values that resolvers take.

Readers accept only values that are certainly valid. For others they raise UnsupportedValueError
before any resolver has run, and graphql-core coerces the value or reports the error.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from graphql import (
    ArgumentNode,
    EnumValueNode,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    ListValueNode,
    ObjectValueNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    is_input_type,
    is_required_input_field,
    type_from_ast,
    value_from_ast,
)

from graph.execution.compiled.definitions import (
    ReadInto,
    UnplannableError,
    UnsupportedValueError,
    Variables,
    definition_of,
    python_name_of,
)
from graph.execution.compiled.object_literals import object_literal

Read: TypeAlias = Callable[[Any], Any]
"""Turns a JSON value into the value that a resolver takes."""


def variable(schema: GraphQLSchema, node: VariableDefinitionNode) -> ReadInto:
    """A reader for one of an operation's variables. Raises UnplannableError."""
    type_ = type_from_ast(schema, node.type)
    if node.default_value is not None or node.directives or not is_input_type(type_):
        raise UnplannableError
    name, read = node.variable.name.value, reader(type_)
    required = isinstance(type_, GraphQLNonNull)

    def read_into(given: Variables, values: dict[str, Any]) -> None:
        if name in given:
            values[name] = read(given[name])
        elif required:
            raise UnsupportedValueError

    return read_into


def argument(definition: GraphQLArgument, node: ArgumentNode) -> ReadInto:
    """A reader for a field's argument: a variable, or a constant. Raises UnplannableError."""
    python_name: str = definition_of(definition).python_name
    return _value(python_name, definition.type, node.value)


def _value(name: str, type_: GraphQLInputType, node: ValueNode) -> ReadInto:
    if isinstance(node, VariableNode):
        source, required = node.name.value, isinstance(type_, GraphQLNonNull)

        def from_variable(variables: Variables, values: dict[str, Any]) -> None:
            if source in variables:
                value = values[name] = variables[source]
                if value is None and required:  # a nullable variable may be given for a default
                    raise UnsupportedValueError

        return from_variable
    if isinstance(node, ObjectValueNode):
        return object_literal(name, type_, node, read_entry=_value)
    if isinstance(node, ListValueNode):
        raise UnplannableError  # its items may have variables
    given = node.value if isinstance(node, EnumValueNode) else value_from_ast(node, type_)
    try:
        value = reader(type_)(given)
    except UnsupportedValueError:
        raise UnplannableError from None  # valid, but unreadable: a number of 5,000 digits

    def known(_: Variables, values: dict[str, Any]) -> None:
        values[name] = value

    return known


def reader(type_: GraphQLInputType) -> Read:
    """A reader for values of this type. Raises UnplannableError."""
    if isinstance(type_, GraphQLNonNull):
        return _present(type_.of_type)
    present = _present(type_)

    def read(value: Any) -> Any:
        return None if value is None else present(value)

    return read


def _present(type_: GraphQLInputType) -> Read:
    if isinstance(type_, GraphQLScalarType) and type_ in _SCALARS:
        return _SCALARS[type_]
    if isinstance(type_, GraphQLEnumType):
        return _member(type_)
    if isinstance(type_, GraphQLInputObjectType):
        return _object(type_)
    if isinstance(type_, GraphQLList):
        return _list(reader(type_.of_type))
    raise UnplannableError


def _exactly(kind: type) -> Read:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise UnsupportedValueError
        return value

    return read


_TEXT = _exactly(str)
_SCALARS = {GraphQLString: _TEXT, GraphQLID: _TEXT, GraphQLBoolean: _exactly(bool)}


def _member(type_: GraphQLEnumType) -> Read:
    kind = definition_of(type_).wrapped_cls
    members = {name: kind(value.value) for name, value in type_.values.items()}

    def read(value: Any) -> Any:
        if type(value) is not str or value not in members:
            raise UnsupportedValueError
        return members[value]

    return read


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
