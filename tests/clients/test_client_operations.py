"""The operations in `clients/operations`, which every client's code is generated from."""

from typing import Any

import pytest
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLObjectType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    parse,
    validate,
    visit,
)
from harness.paths import ROOT

SCHEMA = build_schema((ROOT / "schema.graphql").read_text())
ROOTS = [
    root
    for root in (SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type)
    if root is not None
]
DOCUMENTS = {
    file.stem: parse(file.read_text())
    for file in sorted((ROOT / "clients" / "operations").glob("*.graphql"))
}

ASKED_ALONE = {"User": {"sessions"}}
"""What the server looks up by itself, and therefore has an operation of its own."""

each_document = pytest.mark.parametrize(("name", "document"), DOCUMENTS.items(), ids=DOCUMENTS)


class Selections(Visitor):
    """What a document asks of each type that it comes to: fields, or members by their names."""

    def __init__(self, document: DocumentNode) -> None:
        super().__init__()
        self.found: list[tuple[str, set[str]]] = []
        self._type_info = TypeInfo(SCHEMA)
        visit(document, TypeInfoVisitor(self._type_info, self))

    def enter_selection_set(self, node: SelectionSetNode, *_: Any) -> None:
        asked = set()
        for selection in node.selections:
            if isinstance(selection, FieldNode):
                asked.add(selection.name.value)
            elif isinstance(selection, InlineFragmentNode):
                asked.add(selection.type_condition.name.value)
        if asked:  # otherwise a fragment has them
            self.found.append((self._type_info.get_parent_type().name, asked))


def everything(type_name: str) -> set[str]:
    """All that there is to ask of a type: every field, or every member by its concrete type."""
    asked = SCHEMA.type_map[type_name]
    if is_abstract_type(asked):
        return {"__typename", *(member.name for member in SCHEMA.get_possible_types(asked))}
    assert isinstance(asked, GraphQLObjectType)
    return set(asked.fields)


def all_leaves(type_name: str, asked: set[str]) -> bool:
    """Whether there is nothing to ask below these fields."""
    fields = SCHEMA.type_map[type_name].fields
    return all(is_leaf_type(get_named_type(fields[name].type)) for name in asked)


def operations(document: DocumentNode) -> list[OperationDefinitionNode]:
    return [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]


@each_document
def test_a_file_holds_one_valid_operation_of_its_own_name(name: str, document: DocumentNode):
    assert validate(SCHEMA, document) == []
    camel_case = "".join(word.capitalize() for word in name.split("_"))
    assert [operation.name.value for operation in operations(document)] == [camel_case]


def test_each_field_of_a_root_has_an_operation():
    asked = [
        selection.name.value
        for document in DOCUMENTS.values()
        for operation in operations(document)
        for selection in operation.selection_set.selections
    ]

    assert set(asked) == {field for root in ROOTS for field in root.fields}


@each_document
def test_an_operation_asks_for_every_field_and_names_every_member(
    name: str, document: DocumentNode
):
    roots = {root.name for root in ROOTS}

    asked = Selections(document).found
    found = [selection for selection in asked if selection[0] not in roots]

    assert found or all_leaves(*asked[0])
    for type_name, fields in found:
        alone = ASKED_ALONE.get(type_name, set())
        assert fields in (alone, everything(type_name) - alone)


def test_fragments_have_different_names_so_that_one_generator_can_read_all_files():
    definitions = [node for document in DOCUMENTS.values() for node in document.definitions]
    names = [node.name.value for node in definitions]

    assert sorted(names) == sorted(set(names))
