"""Builds the GraphQL schema from its queries, mutations and subscriptions."""

from datetime import datetime

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from graph.field_errors import FIELD_ERRORS
from graph.mutations import Mutation
from graph.queries import Query
from graph.subscriptions import Subscription


def core_of(schema: strawberry.Schema) -> GraphQLSchema:
    """The schema as an object of graphql-core."""
    return schema._schema  # noqa: SLF001 - Strawberry has no public name for it


_DATE_TIME = strawberry.scalar(
    name="DateTime",
    description="A moment in UTC after RFC 3339, for example `2026-01-02T03:04:05.678901+00:00`.",
    specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
    serialize=datetime.isoformat,
    parse_value=datetime.fromisoformat,
)

CONFIG = StrawberryConfig(scalar_map={datetime: _DATE_TIME})

schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=FIELD_ERRORS,
    config=CONFIG,
)
"""connectx's own schema, without what a federated graph needs of it (`graph.federation`)."""
core = core_of(schema)
"""The schema as an object of graphql-core, which executes it."""
