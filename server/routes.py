"""The routes of the application: the API, its pages, and what is beside GraphQL."""

from collections.abc import Callable
from functools import partial

from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from accounts.limits.concurrency import ConcurrencyLimit
from graph.transport.view import GraphQLView, Sockets
from server.additions import Additions
from server.brand import Brand, sender_of
from server.composition import Parts
from server.delivery import shows_mails
from server.endpoints import health, introspection, well_known
from server.endpoints.served_schema import schema_routes, served_schema
from server.http.cors import Origins
from server.http.credentials import CredentialsReader
from server.http.request_context import context_of, form_branding
from server.mailbox.api import mailbox_api_routes
from server.mailbox.host import HostGuard
from server.mailbox.routes import mailbox_routes
from server.pages import routes as pages
from server.pages.link_routes import link_page_routes
from server.settings import Settings
from server.trusted_documents import trusted_documents


def routes(
    settings: Settings, parts: Parts, origins: Origins, *, brand: Brand, additions: Additions
) -> list[BaseRoute]:
    """All routes but that of the metrics. Raises SettingsError."""
    env = parts.environment
    view = _graphql_view(settings, parts, origins, brand=brand, additions=additions)
    found = [
        # No other path is for pages of other origins: not the mailbox, above all.
        Route("/graphql", view, middleware=origins.middleware()),
        WebSocketRoute("/graphql", view),
        *health.routes(env),
        *introspection.routes(env),
        *well_known.routes(env),
        *pages.static_routes(),
        *schema_routes(settings),
        *pages.logo_routes(brand),
        *link_page_routes(settings, brand, own=env.product),
        *additions.routes(parts, origins),
    ]
    if settings.web_dir is None:
        found.append(pages.front(explorer=bool(settings.graphiql)))
    else:
        found += pages.web_routes(settings.web_dir)
    if shows_mails(settings):
        guard = [Middleware(HostGuard, public_name=origins.own_name)]
        for its_routes in (mailbox_routes, mailbox_api_routes):
            found += its_routes(
                parts.compose,
                mail_from=sender_of(settings),
                # Other origins of the API have no business in the mailbox.
                admits=origins.is_own,
                guard=guard,
            )
    return found


def _graphql_view(
    settings: Settings, parts: Parts, origins: Origins, *, brand: Brand, additions: Additions
) -> GraphQLView:
    cookies = CredentialsReader(
        origins, same_site=settings.cookie_samesite, clock=parts.environment.clock
    )
    return GraphQLView(
        additions.pipeline(
            served_schema(settings),
            introspection=bool(settings.introspection),
            trusted=trusted_documents(settings),
        ),
        context_of=partial(
            context_of,
            parts=parts,
            settings=settings,
            branding=form_branding(brand),
            credentials_of=cookies.credentials_of,
        ),
        sockets=Sockets(admits=origins.admits, limit=ConcurrencyLimit(settings.capacity)),
        explorer=_explorer(settings),
    )


def _explorer(settings: Settings) -> Callable[[], Response] | None:
    """The page that browsers get at /graphql; None if GraphiQL is off."""
    if not settings.graphiql:
        return None
    if settings.trusted_documents_only:
        return pages.trusted_only
    return partial(pages.explorer, mailbox=shows_mails(settings))
