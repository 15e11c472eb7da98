"""Exports the schema for clients and their tools, and finds changes that break clients."""

from dataclasses import dataclass

from graphql import (
    BreakingChange,
    DangerousChange,
    DangerousChangeType,
    GraphQLError,
    GraphQLUnionType,
    build_schema,
    find_breaking_changes,
    find_dangerous_changes,
    get_nullable_type,
    is_abstract_type,
)

from graph.schema import core, schema


@dataclass(frozen=True)
class Change:
    """A change, described in a sentence. If `breaking`, an existing client may fail."""

    description: str
    breaking: bool


def sdl() -> str:
    """The schema in GraphQL's schema definition language (SDL)."""
    return schema.as_str()


def possible_types() -> dict[str, list[str]]:
    """The members of each union and interface, in the form that Apollo and urql need."""
    return {
        name: sorted(member.name for member in core.get_possible_types(kind))
        for name, kind in sorted(core.type_map.items())
        if is_abstract_type(kind) and not name.startswith("__")
    }


def outcomes() -> dict[str, list[str]]:
    """The types that each mutation may return."""
    fields = core.mutation_type.fields if core.mutation_type else {}
    unions = {name: get_nullable_type(field.type) for name, field in fields.items()}
    return {
        name: [member.name for member in union.types]
        for name, union in unions.items()
        if isinstance(union, GraphQLUnionType)
    }


def changes_since(older: str) -> list[Change]:
    """The changes that clients of an older schema (SDL) may notice, the breaking ones first.

    A new member of a union is breaking: clients that switch over all members no longer compile.
    Raises ValueError if `older` is not a schema.
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
