"""The schema."""

import strawberry
from graphql import GraphQLError
from strawberry.types import ExecutionContext

from graph.field_errors import FIELD_ERRORS
from graph.mutations import Mutation
from graph.queries import Query


class _Schema(strawberry.Schema):
    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Logs nothing: Strawberry would print the document with its values, passwords included.

        What deserves a line has one from `graph.failures`.
        """


schema = _Schema(query=Query, mutation=Mutation, types=FIELD_ERRORS)
core = schema._schema  # noqa: SLF001 - Strawberry has no public name for graphql-core's schema
"""The same schema as graphql-core knows it, which executes it."""
