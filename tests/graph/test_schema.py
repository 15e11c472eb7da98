"""The exported schema is the code's, holds the whole contract, and explains itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_introspection_query,
    is_introspection_type,
    is_specified_directive,
    is_specified_scalar_type,
)
from harness.paths import ROOT
from harness.processes import connectx
from harness.service import Service

from graph.schema import core

EXPORTED = (ROOT / "schema.graphql").read_text("utf-8")
CONTRACT = build_schema(Path(__file__).with_name("schema-contract.graphql").read_text("utf-8"))

OWN_TYPES = {
    name: type_
    for name, type_ in core.type_map.items()
    if not is_introspection_type(type_) and not is_specified_scalar_type(type_)
}


def test_the_exported_schema_is_what_the_command_prints():
    result = connectx("schema")

    assert result.returncode == 0
    assert result.stdout == EXPORTED


def signatures(schema: GraphQLSchema) -> Iterator[str]:
    """Each thing that a client can rely on, as one line that says all of it."""
    for name, type_ in schema.type_map.items():
        if is_introspection_type(type_) or is_specified_scalar_type(type_):
            continue
        yield f"{type(type_).__name__} {name}"
        yield from (f"{name} {line}" for line in members(type_))


def members(type_: Any) -> Iterator[str]:
    match type_:
        case GraphQLUnionType():
            yield from (f"= {member.name}" for member in type_.types)
        case GraphQLEnumType():
            yield from (f"= {value}" for value in type_.values)
        case GraphQLInputObjectType():
            yield from (f".{name}: {field.type}" for name, field in type_.fields.items())
        case GraphQLObjectType() | GraphQLInterfaceType():
            yield from (f"implements {interface.name}" for interface in type_.interfaces)
            for name, field in type_.fields.items():
                yield f".{name}: {field.type}"
                yield from (f".{name}({key}: {arg.type})" for key, arg in field.args.items())


def test_the_schema_holds_the_contract():
    contract = set(signatures(CONTRACT))

    assert len(contract) > 150
    assert contract - set(signatures(build_schema(EXPORTED))) == set()


def test_no_union_has_a_member_that_the_contract_does_not_know():
    unions = [type_ for type_ in CONTRACT.type_map.values() if isinstance(type_, GraphQLUnionType)]

    assert len(unions) == 6
    for union in unions:
        assert [member.name for member in core.type_map[union.name].types] == [
            member.name for member in union.types
        ]


def test_no_input_asks_for_more_than_the_contract():
    for name, type_ in CONTRACT.type_map.items():
        if isinstance(type_, GraphQLInputObjectType):
            added = core.type_map[name].fields.keys() - type_.fields.keys()
            assert [
                key for key in added if str(core.type_map[name].fields[key].type)[-1] == "!"
            ] == []


def described() -> Iterator[tuple[str, str | None]]:
    """Everything of ours, with its description."""
    for name, type_ in OWN_TYPES.items():
        yield name, type_.description
        for key, value in getattr(type_, "values", {}).items():
            yield f"{name}.{key}", value.description
        for key, field in getattr(type_, "fields", {}).items():
            yield f"{name}.{key}", field.description
            for argument, value in getattr(field, "args", {}).items():
                yield f"{name}.{key}({argument})", value.description
    for directive in core.directives:
        if not is_specified_directive(directive):
            yield f"@{directive.name}", directive.description
            for argument, value in directive.args.items():
                yield f"@{directive.name}({argument})", value.description


def test_everything_has_a_description():
    things = list(described())

    assert len(things) > 150
    assert [name for name, text in things if not (text or "").strip()] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_introspection_over_http_tells_the_descriptions(service: Service):
    body = service.execute(get_introspection_query())

    types = {type_["name"]: type_ for type_ in body["data"]["__schema"]["types"]}
    assert types["RegisterResult"]["description"] == "What `register` answers."
    fields = {field["name"]: field["description"] for field in types["Mutation"]["fields"]}
    assert fields == {name: field.description for name, field in core.mutation_type.fields.items()}
