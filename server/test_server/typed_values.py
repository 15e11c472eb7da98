"""Turns JSON into the objects that resolvers return, and says what does not fit the schema."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
    is_abstract_type,
)

from graph.execution.compiled.definitions import definition_of
from server.test_server.control_error import ControlError
from server.test_server.examples import Examples, default_of
from server.test_server.usual_texts import usual_texts

GIVEN = "given_to_resolvers"
"""The attribute of an object that has the values of fields which have resolvers."""


class TypedValues:
    """Reads JSON after a schema. What is missing is as `Examples` has it at that moment.

    An error of a field names one of `inputs`, the names of a mutation's input fields.
    """

    def __init__(
        self, schema: GraphQLSchema, *, now: datetime, inputs: Collection[str] = ()
    ) -> None:
        self._schema = schema
        self._inputs = inputs
        self._examples = Examples(
            schema, moment=lambda seconds: (now + timedelta(seconds=seconds)).isoformat()
        )

    def object(self, type_: GraphQLObjectType, given: Mapping[str, Any], path: str) -> Any:
        """The object of this type. Raises ControlError, which names the field by its path."""
        for name in given:
            if name != "__typename" and name not in type_.fields:
                known = ", ".join(type_.fields)
                raise ControlError(
                    f"{path}: {type_.name} has no field `{name}`. Its fields: {known}."
                )
        example = self._examples.of(type_)
        values: dict[str, Any] = {}
        of_resolvers: dict[str, Any] = {}
        for name, field in type_.fields.items():
            definition = definition_of(field)
            if name not in given and default_of(field, owner=type_):
                continue  # the class has it, and can tell it in other languages
            chosen = _completed(given, example, name=name)
            value = self._read(field.type, chosen, f"{path}.{name}")
            if definition.base_resolver is None:
                values[definition.python_name] = value
            else:
                of_resolvers[name] = value
        usual = usual_texts(type_.name, values, inputs=self._inputs)
        values |= {name: text for name, text in usual.items() if name not in given}
        made = definition_of(type_).origin(**values)
        setattr(made, GIVEN, of_resolvers)
        return made

    def _read(self, type_: GraphQLOutputType, value: Any, path: str) -> Any:
        if isinstance(type_, GraphQLNonNull):
            if value is None:
                raise ControlError(f"{path}: {type_} must not be null.")
            return self._read(type_.of_type, value, path)
        if value is None:
            return None
        if isinstance(type_, GraphQLList):
            if not isinstance(value, list):
                raise ControlError(f"{path}: {type_} takes a list.")
            return [
                self._read(type_.of_type, item, f"{path}[{place}]")
                for place, item in enumerate(value)
            ]
        if isinstance(type_, GraphQLEnumType):
            return _member(type_, value, path)
        if isinstance(type_, GraphQLScalarType):
            return _scalar(type_, value, path)
        return self.object(self._type_of(type_, value, path), value, path)

    def _type_of(self, type_: Any, value: Any, path: str) -> GraphQLObjectType:
        """The type of an object that is given for a field of this type."""
        if not isinstance(value, dict):
            raise ControlError(f"{path}: {type_.name} takes an object.")
        possible = {type_.name: type_}
        if is_abstract_type(type_):
            possible = {each.name: each for each in self._schema.get_possible_types(type_)}
        name = value.get("__typename", None if is_abstract_type(type_) else type_.name)
        if not isinstance(name, str) or name not in possible:
            raise ControlError(f"{path}.__typename: takes one of {', '.join(possible)}.")
        found: GraphQLObjectType = possible[name]
        return found


def _completed(given: Mapping[str, Any], example: Mapping[str, Any], *, name: str) -> Any:
    """What was given for a field. An object gets the fields that the example has beyond it."""
    usual = example[name]
    chosen = given.get(name, usual)
    if isinstance(chosen, dict) and isinstance(usual, dict):
        return {**usual, **chosen}
    return chosen


def _member(type_: GraphQLEnumType, value: Any, path: str) -> Any:
    if not isinstance(value, str) or value not in type_.values:
        raise ControlError(f"{path}: {type_.name} takes one of {', '.join(type_.values)}.")
    return definition_of(type_).wrapped_cls(type_.values[value].value)


def _scalar(type_: GraphQLScalarType, value: Any, path: str) -> Any:
    try:
        return type_.parse_value(value)
    except Exception as error:
        reason = "is not a moment after RFC 3339" if type_.name == "DateTime" else str(error)
        raise ControlError(f"{path}: {type_.name}: {reason}.") from error
