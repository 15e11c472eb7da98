"""Which schema clients get: connectx's own, or that of a subgraph; and the page that prints it."""

from functools import cache

from graphql import GraphQLSchema
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from graph.schema import core
from server.settings import Settings


def served_schema(settings: Settings) -> GraphQLSchema:
    """The schema that the settings ask for. It is built once."""
    if not settings.federation:
        return core
    from graph.federation import schema as subgraph  # builds it, which others need not wait for

    return subgraph.core


def schema_routes(settings: Settings) -> list[Route]:
    """`/schema.graphql`, for editors and code generators, where introspection tells it as well."""
    if not settings.introspection or settings.trusted_documents_only:
        return []
    federated = bool(settings.federation)

    # Not asynchronous, so that Starlette prints it in a thread, as that takes long.
    def page(_: Request) -> PlainTextResponse:
        return PlainTextResponse(schema_text(federated=federated))

    return [Route("/schema.graphql", page)]


@cache
def schema_text(*, federated: bool) -> str:
    """The schema in GraphQL's schema definition language, as `connectx schema` prints it."""
    if federated:
        from graph.federation.schema import SDL

        return f"{SDL}\n"
    from graph import schema_export

    return f"{schema_export.sdl()}\n"
