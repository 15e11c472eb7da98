"""Builds the schema of the subgraph: connectx's own, with the fields and directives of a subgraph.

The types are those of the own schema. They have the directives only here, so that the own schema is
the same with and without federation (docs/decisions/0031).
"""

from copy import copy
from typing import Annotated, Final

import strawberry
from graphql import GraphQLNamedType, GraphQLObjectType
from strawberry.federation import Schema
from strawberry.federation.schema import FederationAny
from strawberry.federation.schema_directives import Key, Link, Shareable
from strawberry.federation.types import FieldSet, LinkImport
from strawberry.schema.schema_converter import GraphQLCoreConverter

from graph.context import Info
from graph.execution.failures import with_time_limit
from graph.federation.entities import Entity, resolve
from graph.field_errors import FIELD_ERRORS
from graph.mutations import Mutation
from graph.queries import Query
from graph.schema import CONFIG, core_of
from graph.subscriptions import Subscription

_VERSION: Final = "2.3"
"""Of Apollo Federation: the oldest with all that is used here."""

_LINK = Link(
    url=f"https://specs.apollo.dev/federation/v{_VERSION}",
    import_=[LinkImport("@key"), LinkImport("@shareable")],
)


@strawberry.type(name="_Service", description="What a gateway has to know of this subgraph.")
class _Service:
    sdl: str = strawberry.field(description="The schema of this subgraph.")


@strawberry.type(name="Query", description="What a client can ask.")
class _Query(Query):
    @strawberry.field(
        name="_entities",
        description="Users and tenants by their ids, for the gateway of a federated graph. Null: "
        "there is none, or this request may not read it.",
    )
    @with_time_limit
    async def entities(
        self,
        info: Info,
        representations: Annotated[
            list[FederationAny],
            strawberry.argument(description="The `__typename` and the `id` of each."),
        ],
    ) -> list[Entity | None]:
        return await resolve(representations, info.context)

    @strawberry.field(name="_service", description="The schema of this subgraph, for the gateway.")
    async def service(self) -> _Service:
        return _Service(sdl=SDL)


def _directives(type_: GraphQLNamedType) -> list[object]:
    """The directives of a type. Other subgraphs may have the same errors."""
    if not isinstance(type_, GraphQLObjectType):
        return []
    if type_.name in {"User", "Tenant"}:
        return [Key(fields=FieldSet("id"))]
    interfaces = {interface.name for interface in type_.interfaces}
    return [Shareable()] if interfaces & {"UserError", "FieldError"} else []


def _apply_directives(type_: GraphQLNamedType) -> None:
    """Gives the type a definition of its own, which has the directives."""
    directives = _directives(type_)
    if directives:
        definition = copy(type_.extensions[GraphQLCoreConverter.DEFINITION_BACKREF])
        definition.directives = directives
        own = {GraphQLCoreConverter.DEFINITION_BACKREF: definition}
        type_.extensions = {**type_.extensions, **own}


schema = Schema(
    query=_Query,
    mutation=Mutation,
    subscription=Subscription,
    types=FIELD_ERRORS,
    config=CONFIG,
    schema_directives=[_LINK],
    federation_version=_VERSION,
)
core = core_of(schema)
"""The schema as an object of graphql-core, which executes it."""

for _type in core.type_map.values():
    _apply_directives(_type)

SDL = schema.as_str()
"""The schema in GraphQL's schema definition language, with the directives."""
