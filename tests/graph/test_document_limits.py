"""How much one document may ask for: what is beyond is refused as a whole, before anything runs."""

from collections.abc import Iterator
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

import pytest
from graphql import get_introspection_query
from harness.browser import chromium
from harness.database import dump
from harness.every_mutation import MUTATIONS, inline
from harness.hourly_sweep import dump_after_start
from harness.service import Clock, Service, running

TYPENAME = {"data": {"__typename": "Query"}}
REGISTER = (
    'register(input: {email: "ada@example.com", name: "Ada", password: "secure_password"})'
    " { __typename }"
)
VERIFY = 'verifyEmail(input: {email: "ada@example.com", otp: "000000"}) { __typename }'
LINK = 'verifyEmailByLink(input: {token: "' + "x" * 64 + '"}) { __typename }'
RESEND = 'resendVerification(input: {email: "ada@example.com"}) { __typename }'
LOGIN = 'login(input: {email: "ada@example.com", password: "secure_password"}) { __typename }'
CLIENTS = IPv4Network("10.0.0.0/8").hosts()
ONCE = {mutation: inline(mutation) for mutation in MUTATIONS}


@pytest.fixture(scope="module")
def shared_service(file_database: str) -> Iterator[Service]:
    """One server for the whole file: what it refuses leaves nothing behind."""
    folder = Path(file_database.removeprefix("sqlite://")).parent
    settings = {"DATA_DIR": str(folder), "TRUSTED_PROXIES": "127.0.0.1"}
    with running(Clock(), DATABASE_URL=file_database, **settings) as service:
        yield service


@pytest.fixture
def service(shared_service: Service) -> Service:
    """The server, and a new client of it: the file has more documents than one may send."""
    shared_service.http.headers["x-forwarded-for"] = str(next(CLIENTS))
    return shared_service


def messages(service: Service, query: str) -> list[str]:
    answer = service.execute(query)
    assert answer.keys() == {"errors"}
    return [error["message"] for error in answer["errors"]]


def test_a_document_has_at_most_400_tokens(service: Service):
    assert service.execute("{" + " __typename" * 398 + " }") == TYPENAME
    assert messages(service, "{" + " __typename" * 399 + " }") == [
        "Syntax Error: Document contains more than 400 tokens. Parsing aborted."
    ]


TOO_DEEP = "Fields nest more than 12 deep."
FRAGMENTS = " fragment Outer on Query { a { a { a { ...Inner } } } } fragment Inner on User "


# The schema itself nests three deep, so these documents have other errors as well.
@pytest.mark.parametrize(
    ("query", "depth"),
    [
        ("{" + " a {" * 11 + " a " + "}" * 12, 12),
        ("{" + " a {" * 12 + " a " + "}" * 13, 13),
        ("{ ...Outer }" + FRAGMENTS + "{" + " a {" * 8 + " a " + "}" * 9, 12),
        ("{ ...Outer }" + FRAGMENTS + "{" + " a {" * 9 + " a " + "}" * 10, 13),
        ("{ a { ... { a { ... on User {" + " a {" * 9 + " a " + "}" * 14, 12),
        ("{ a { ... { a { ... on User {" + " a {" * 10 + " a " + "}" * 15, 13),
    ],
)
def test_fields_nest_at_most_12_deep(service: Service, query: str, depth: int):
    assert (TOO_DEEP in messages(service, query)) == (depth == 13)


def test_a_document_has_at_most_15_aliases(service: Service):
    aliases = [f"a{number}: __typename" for number in range(16)]

    assert service.execute(f"{{ {' '.join(aliases[:15])} }}") == {
        "data": {f"a{number}": "Query" for number in range(15)}
    }
    assert messages(service, f"{{ {' '.join(aliases)} }}") == ["More than 15 aliases."]


def test_a_document_has_at_most_15_directives(service: Service):
    directives = " __typename @include(if: true)"

    assert service.execute(f"{{{directives * 15} }}") == TYPENAME
    assert messages(service, f"{{{directives * 16} }}") == ["More than 15 directives."]


WAYS = {
    "aliases": "mutation {{ {0} a: {0} }}",
    "two aliases": "mutation {{ a: {0} b: {0} }}",
    "a fragment": "mutation {{ {0} ...F }} fragment F on Mutation {{ a: {0} }}",
    "a fragment in a fragment": "mutation {{ {0} ...F }} fragment F on Mutation {{ ...G }} "
    "fragment G on Mutation {{ a: {0} }}",
    "an inline fragment": "mutation {{ {0} ... on Mutation {{ a: {0} }} }}",
    "a bare inline fragment": "mutation {{ {0} ... {{ ... {{ a: {0} }} }} }}",
    "directives": "mutation {{ ... @include(if: true) {{ {0} }} "
    "... @skip(if: false) {{ a: {0} }} }}",
    "another operation": "mutation A {{ logout {{ __typename }} }} mutation B {{ {0} a: {0} }}",
}


@pytest.mark.parametrize(("name", "field"), ONCE.items(), ids=ONCE)
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_mutation_that_is_asked_for_twice_is_refused_before_anything_runs(
    service: Service, file_database: str, name: str, field: str, way: str
):
    before = dump_after_start(file_database)

    told = messages(service, way.format(field))

    assert told == [f"A document may execute {name} only once."]
    assert dump(file_database) == before


def test_different_mutations_of_one_document_run_one_after_the_other(service: Service):
    answer = service.execute(f"mutation {{ {REGISTER} {VERIFY} ... {{ {LOGIN} }} {LINK} }}")

    assert answer == {
        "data": {
            "register": {"__typename": "RegisterSuccess"},
            "verifyEmail": {"__typename": "InvalidOtpError"},
            "login": {"__typename": "EmailNotVerifiedError"},
            "verifyEmailByLink": {"__typename": "InvalidLinkError"},
        }
    }


def test_a_mutation_that_is_written_twice_and_runs_once_is_allowed(service: Service):
    answer = service.execute(f"mutation {{ {LINK} {LINK} }}")

    assert answer == {"data": {"verifyEmailByLink": {"__typename": "InvalidLinkError"}}}


INTROSPECTION: list[dict[str, Any]] = [
    {},
    {"descriptions": False},
    {"specified_by_url": True, "directive_is_repeatable": True, "schema_description": True}
    | {"input_value_deprecation": True},
]


@pytest.mark.parametrize("options", INTROSPECTION)
def test_tools_may_introspect(service: Service, options: dict[str, Any]):
    answer = service.execute(get_introspection_query(**options))

    assert answer.keys() == {"data"}
    assert answer["data"]["__schema"]["queryType"]["name"] == "Query"


def test_graphiql_may_introspect(service: Service):
    with chromium() as browser, browser.new_page() as page:
        with page.expect_response(lambda response: response.request.method == "POST") as asked:
            page.goto(f"{service.url}/graphql")
        query = asked.value.request.post_data_json["query"]
        answer = asked.value.json()

    assert "IntrospectionQuery" in query
    assert answer.keys() == {"data"}
