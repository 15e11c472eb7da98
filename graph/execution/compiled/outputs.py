"""Turns the values of resolvers into the JSON values of the answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInterfaceType,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    InlineFragmentNode,
    SelectionSetNode,
    is_abstract_type,
    is_leaf_type,
)

from graph.execution.compiled.definitions import (
    UnplannableError,
    UnsupportedValueError,
    definition_of,
    plannable_field,
)

Complete: TypeAlias = Callable[[Any], Any]
"""Turns a resolver's value into a JSON value. May raise any exception for an invalid value."""

_PLAIN: Mapping[GraphQLLeafType, type] = {
    GraphQLString: str,
    GraphQLID: str,
    GraphQLBoolean: bool,
}
"""Scalars, and the Python type of values that need no conversion."""


class Selections:
    """The selections of a document, with its fragments expanded."""

    def __init__(
        self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode]
    ) -> None:
        self._schema = schema
        self._fragments = fragments

    def fields(
        self, type_: GraphQLObjectType, sets: Sequence[SelectionSetNode]
    ) -> dict[str, list[FieldNode]]:
        """The field nodes by response key, for an object of this type, in the answer's order."""
        found: dict[str, list[FieldNode]] = {}
        spread: set[str] = set()
        for selection_set in sets:
            self._collect(type_, selection_set, found, spread)
        return found

    def complete(self, type_: GraphQLOutputType, nodes: Sequence[FieldNode]) -> Complete:
        """A function that completes a value of a field's type."""
        if isinstance(type_, GraphQLNonNull):
            return _never_null(self._present(type_.of_type, nodes))
        return _maybe_null(self._present(type_, nodes))

    def _collect(
        self,
        type_: GraphQLObjectType,
        selection_set: SelectionSetNode,
        found: dict[str, list[FieldNode]],
        spread: set[str],
    ) -> None:
        for node in selection_set.selections:
            if node.directives:
                raise UnplannableError  # @skip and @include would need a plan for each value
            match node:
                case FieldNode():
                    key = (node.alias or node.name).value
                    found.setdefault(key, []).append(node)
                case InlineFragmentNode(type_condition=condition):
                    if condition is None or self._applies(condition.name.value, type_):
                        self._collect(type_, node.selection_set, found, spread)
                case FragmentSpreadNode() if node.name.value in spread:
                    pass  # once for each object, as nested spreads would grow exponentially
                case FragmentSpreadNode():
                    spread.add(node.name.value)
                    fragment = self._fragments[node.name.value]
                    if fragment.directives or fragment.variable_definitions:
                        raise UnplannableError
                    if self._applies(fragment.type_condition.name.value, type_):
                        self._collect(type_, fragment.selection_set, found, spread)
                case _:
                    raise UnplannableError

    def _applies(self, condition: str, type_: GraphQLObjectType) -> bool:
        wanted = self._schema.type_map[condition]
        if is_abstract_type(wanted):
            return self._schema.is_sub_type(wanted, type_)
        return wanted is type_

    def _present(self, type_: GraphQLOutputType, nodes: Sequence[FieldNode]) -> Complete:
        if isinstance(type_, GraphQLList):
            item = self.complete(type_.of_type, nodes)
            return lambda value: [item(each) for each in value]
        if is_leaf_type(type_):
            return _leaf(type_)
        sets = [node.selection_set for node in nodes if node.selection_set]
        if isinstance(type_, GraphQLObjectType):
            return self._object(type_, sets)
        abstract = cast("GraphQLInterfaceType | GraphQLUnionType", type_)
        by_class = {
            definition_of(possible).origin: self._object(possible, sets)
            for possible in self._schema.get_possible_types(abstract)
        }
        return lambda value: by_class[type(value)](value)

    def _object(self, type_: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> Complete:
        steps = []
        for key, nodes in self.fields(type_, sets).items():
            name = nodes[0].name.value
            if name == "__typename":
                steps.append((key, "__class__", constant(type_.name)))
                continue
            field = type_.fields[name]
            definition = plannable_field(field)
            if definition.base_resolver is not None:
                raise UnplannableError
            steps.append((key, definition.python_name, self.complete(field.type, nodes)))
        return lambda value: {key: done(getattr(value, name)) for key, name, done in steps}


def constant(answer: Any) -> Complete:
    return lambda _: answer


def _never_null(complete: Complete) -> Complete:
    def required(value: Any) -> Any:
        if value is None:
            raise UnsupportedValueError
        return complete(value)

    return required


def _maybe_null(complete: Complete) -> Complete:
    return lambda value: None if value is None else complete(value)


def _leaf(type_: GraphQLLeafType) -> Complete:
    """Serializes as graphql-core does, with a shortcut for the usual types of values."""
    serialize = type_.serialize
    plain = _PLAIN.get(type_)
    if plain is not None:
        return lambda value: value if type(value) is plain else serialize(value)
    if isinstance(type_, GraphQLEnumType):
        names = {member: serialize(member) for member in definition_of(type_).wrapped_cls}
        return lambda value: names[value] if value in names else serialize(value)
    return serialize
