"""Writes `clients/operations` from the schema: `make schema` calls it."""

import re
from collections.abc import Iterator
from pathlib import Path

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

from graph.schema import core

_FOLDER = Path(__file__).parent / "operations"


def client_operations(schema: GraphQLSchema) -> dict[str, str]:
    """Documents by file name. Each selects every field and every member of a union.

    The answer of a mutation is a fragment, so that code generators create a named type for it.
    """
    roots = {
        "query": schema.query_type,
        "mutation": schema.mutation_type,
        "subscription": schema.subscription_type,
    }
    return {
        f"{_snake(_operation_name(schema, name))}.graphql": "\n".join(
            _document(schema, kind, name, field)
        )
        + "\n"
        for kind, root in roots.items()
        for name, field in (root.fields.items() if root else ())
    }


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
