"""A field with permissions or extensions is never run by a plan, which would not ask them."""

from typing import Any

import pytest
import strawberry
from strawberry.extensions import FieldExtension
from strawberry.permission import BasePermission

from graph.context import Context, FormBranding, Info
from graph.execution.documents import Document
from graph.execution.pipeline import Pipeline
from graph.transport.request import GraphQLRequest
from graph.trusted.trust import Trusted
from server.telemetry.request_record import RequestRecord, TelemetrySinks


class Nobody(BasePermission):
    message = "nobody may see this"

    def has_permission(self, source: Any, info: Any, **_: Any) -> bool:
        return False


class Loud(FieldExtension):
    async def resolve_async(self, next_: Any, source: Any, info: Any, **given: Any) -> Any:
        return (await next_(source, info, **given)).upper()


@strawberry.type
class Person:
    name: str = "ada"
    secret: str | None = strawberry.field(default="hidden", permission_classes=[Nobody])


@strawberry.type
class Query:
    @strawberry.field
    async def person(self, info: Info) -> Person:
        return Person()

    @strawberry.field(permission_classes=[Nobody])
    async def secret(self) -> str | None:
        return "hidden"

    @strawberry.field(extensions=[Loud()])
    async def loud(self) -> str:
        return "hello"


CORE = strawberry.Schema(Query)._schema
PIPELINE = Pipeline(CORE, introspection=True, trusted=Trusted())


async def executed(text: str) -> tuple[bool, Any, list[str]]:
    """Whether the operation has a plan, its data, and its errors."""
    request = GraphQLRequest(text, None, None)
    document = PIPELINE.document(request, "client")
    assert isinstance(document, Document)
    context = Context(
        env=None,
        client="client",
        bearer=None,
        language=lambda: None,
        timeout=10,
        branding=FormBranding(),
        observer=RequestRecord("request", TelemetrySinks(), lambda _: None),
        answer_cookie=None,
    )
    result = await PIPELINE.execute(document, request, context)
    return bool(document.plans), result.data, [error.message for error in result.errors or ()]


async def test_a_field_without_any_is_planned():
    assert await executed("{ person { name } }") == (True, {"person": {"name": "ada"}}, [])


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("{ secret }", {"secret": None}),
        ("{ other: secret }", {"other": None}),
        ("{ person { name secret } }", {"person": {"name": "ada", "secret": None}}),
        ("{ person { ... on Person { secret } } }", {"person": {"secret": None}}),
    ],
)
async def test_a_field_that_is_denied_stays_denied(text: str, data: Any):
    assert await executed(text) == (False, data, ["nobody may see this"])


async def test_an_extension_of_a_field_runs():
    assert await executed("{ loud }") == (False, {"loud": "HELLO"}, [])
