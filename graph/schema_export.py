"""The schema as files for clients and their tools, and what a change of it breaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    BreakingChange,
    DangerousChange,
    DangerousChangeType,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    find_breaking_changes,
    find_dangerous_changes,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
)

from graph.schema import core, schema


@dataclass(frozen=True)
class Change:
    """A sentence about a change; `breaking`: a client that worked before may not any more."""

    description: str
    breaking: bool


def sdl() -> str:
    """The schema in GraphQL's own language."""
    return schema.as_str()


def possible_types() -> dict[str, list[str]]:
    """The members of each union and interface, as the caches of Apollo and urql take them."""
    return {
        name: sorted(member.name for member in core.get_possible_types(kind))
        for name, kind in sorted(core.type_map.items())
        if is_abstract_type(kind) and not name.startswith("__")
    }


def outcomes() -> dict[str, list[str]]:
    """The types that each mutation may answer with."""
    fields = core.mutation_type.fields if core.mutation_type else {}
    unions = {name: get_nullable_type(field.type) for name, field in fields.items()}
    return {
        name: [member.name for member in union.types]
        for name, union in unions.items()
        if isinstance(union, GraphQLUnionType)
    }


def changes_since(older: str) -> list[Change]:
    """What clients of an older schema (SDL) may notice, the breaking changes first.

    New members of a union break too: clients switch over all of them, and do not compile then.
    Raises ValueError for what is no schema.
    """
    try:
        schemas = build_schema(older), build_schema(sdl())
    except (GraphQLError, TypeError) as error:
        raise ValueError(str(error).partition("\n")[0]) from None
    found: list[BreakingChange | DangerousChange] = [
        *find_breaking_changes(*schemas),
        *find_dangerous_changes(*schemas),
    ]
    changes = [Change(change.description, breaking=_breaks(change)) for change in found]
    return sorted(changes, key=lambda change: not change.breaking)


def _breaks(change: BreakingChange | DangerousChange) -> bool:
    grown = change.type is DangerousChangeType.TYPE_ADDED_TO_UNION
    return grown or isinstance(change, BreakingChange)


def client_operations(schema: GraphQLSchema) -> dict[str, str]:
    """Documents by file name: each asks for every field, and names every member of a union.

    The answer of a mutation is a fragment, so that code generators give it a type of its own.
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
    """The field's name in capitals. Code generators write enums under their own names."""
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
