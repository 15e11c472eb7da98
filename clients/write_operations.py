"""Writes `clients/operations` from the schema: `make schema` calls it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)

from graph.execution.compiled.definitions import definition_of
from graph.schema import core

_FOLDER = Path(__file__).parent / "operations"


def client_operations(schema: GraphQLSchema) -> dict[str, str]:
    """Documents by file name. Each selects every field and every member of a union.

    The answer of a mutation is a fragment, so that code generators create a named type for it. A
    field that the server looks up by itself, such as `viewer.sessions`, has its own operation: most
    clients do not need it with the rest.
    """
    roots = {
        "query": schema.query_type,
        "mutation": schema.mutation_type,
        "subscription": schema.subscription_type,
    }
    documents = {
        _operation_name(schema, name): _document(schema, kind, name, field)
        for kind, root in roots.items()
        for name, field in (root.fields.items() if root else ())
    }
    for name, field in schema.query_type.fields.items() if schema.query_type else ():
        answer = get_named_type(field.type)
        for inner, looked_up in answer.fields.items() if _is_object(answer) else ():
            if _is_looked_up(looked_up):
                operation = f"{_operation_name(schema, name)}{inner[0].upper()}{inner[1:]}"
                documents[operation] = _inner_document(schema, operation, name, inner, looked_up)
    return {f"{_snake(name)}.graphql": "\n".join(lines) + "\n" for name, lines in documents.items()}


def _is_object(type_: object) -> TypeGuard[GraphQLObjectType]:
    return isinstance(type_, GraphQLObjectType)


def _is_looked_up(field: GraphQLField) -> bool:
    """Whether a field of an object has a resolver of its own."""
    return definition_of(field).base_resolver is not None


def _inner_document(
    schema: GraphQLSchema, operation: str, root: str, name: str, field: GraphQLField
) -> Iterator[str]:
    yield f"query {operation} {{"
    yield f"  {root} {{"
    yield f"    {name} {{"
    yield from _selection(schema, get_named_type(field.type), "      ")
    yield "    }"
    yield "  }"
    yield "}"


def _operation_name(schema: GraphQLSchema, field: str) -> str:
    """The capitalised name of a field. `Get` avoids a clash with an enum in generated code."""
    name = f"{field[0].upper()}{field[1:]}"
    return f"Get{name}" if isinstance(schema.type_map.get(name), GraphQLEnumType) else name


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _document(schema: GraphQLSchema, kind: str, name: str, field: GraphQLField) -> Iterator[str]:
    answer = get_named_type(field.type)
    given = ", ".join(f"${key}: {argument.type}" for key, argument in field.args.items())
    passed = ", ".join(f"{key}: ${key}" for key in field.args)
    yield f"{kind} {_operation_name(schema, name)}{f'({given})' if given else ''} {{"
    call = f"  {name}{f'({passed})' if passed else ''}"
    if is_leaf_type(answer):
        yield call
        yield "}"
        return
    yield f"{call} {{"
    if isinstance(answer, GraphQLUnionType):
        yield f"    ...{answer.name}Fields"
    else:
        yield from _selection(schema, answer, "    ")
    yield "  }"
    yield "}"
    if isinstance(answer, GraphQLUnionType):
        yield ""
        yield f"fragment {answer.name}Fields on {answer.name} {{"
        yield from _selection(schema, answer, "  ")
        yield "}"


def _selection(schema: GraphQLSchema, type_: object, indent: str) -> Iterator[str]:
    if isinstance(type_, GraphQLUnionType | GraphQLInterfaceType):
        yield f"{indent}__typename"
        for member in schema.get_possible_types(type_):
            yield f"{indent}... on {member.name} {{"
            yield from _selection(schema, member, f"{indent}  ")
            yield f"{indent}}}"
    elif isinstance(type_, GraphQLObjectType):
        for name, field in type_.fields.items():
            if _is_looked_up(field):
                continue
            inner = get_named_type(field.type)
            if is_leaf_type(inner):
                yield f"{indent}{name}"
            else:
                yield f"{indent}{name} {{"
                yield from _selection(schema, inner, f"{indent}  ")
                yield f"{indent}}}"


def _write() -> None:
    documents = client_operations(core)
    for old in _FOLDER.glob("*.graphql"):
        if old.name not in documents:
            old.unlink()
    for name, text in documents.items():
        (_FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _write()
