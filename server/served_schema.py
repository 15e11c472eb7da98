"""Which schema clients get: connectx's own, or that of a subgraph."""

from graphql import GraphQLSchema

from graph.schema import core
from server.settings import Settings


def served_schema(settings: Settings) -> GraphQLSchema:
    """The schema that the settings ask for. It is built once."""
    if not settings.federation:
        return core
    from graph.federation import schema as subgraph  # builds it, which others need not wait for

    return subgraph.core
