"""A planned operation answers exactly what graphql-core answers to the same operation."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from graphql import (
    GraphQLSyntaxError,
    OperationDefinitionNode,
    SelectionSetNode,
    build_schema,
    parse,
    print_ast,
)
from harness.paths import ROOT
from harness.processes import Server, serving
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import from_schema

from graph.execution.documents import Documents
from graph.execution.limits import MAX_TOKENS
from graph.schema import core

SCHEMA = (ROOT / "schema.graphql").read_text()
MARK = parse("{ unplanned: __typename @include(if: true) }").definitions[0].selection_set.selections
LOGIN = "mutation Try($input: LoginInput!) { login(input: $input) { __typename } }"
READ = Documents(core)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = str(tmp_path_factory.mktemp("data"))
    with serving(DATA_DIR=folder, RATE_LIMITS="off", TRUSTED_PROXIES="127.0.0.1") as server:
        server.register()
        yield server


def unplanned(query: str) -> str:
    """The same document with a directive in each operation, which nothing plans."""
    document = parse(query)
    nodes = [
        replace(node, selection_set=_marked(node.selection_set))
        if isinstance(node, OperationDefinitionNode)
        else node
        for node in document.definitions
    ]
    return print_ast(replace(document, definitions=tuple(nodes)))


def _marked(selection_set: SelectionSetNode) -> SelectionSetNode:
    return replace(selection_set, selections=(*selection_set.selections, *MARK))


def answer(server: Server, query: str, variables: Any, client: int) -> tuple[int, Any]:
    body = {"query": query, "variables": variables}
    # What a client's new documents may cost is limited, so there are many clients.
    headers = {
        "accept": "application/graphql-response+json",
        "content-type": "application/json",
        "x-forwarded-for": f"192.0.{client // 250}.{client % 250}",
    }
    got = server.http.post("/graphql", content=json.dumps(body), headers=headers)
    answer = got.json()
    if isinstance(answer.get("data"), dict):
        answer["data"].pop("unplanned", None)
    for error in answer.get("errors", ()):
        error.pop("locations", None)  # the twin is printed anew
    return got.status_code, answer


def both(server: Server, query: str, variables: Any = None, client: int = 0) -> list[Any]:
    return [answer(server, text, variables, client) for text in (query, unplanned(query))]


def is_planned(query: str) -> bool:
    document = READ.known(query) or READ.read(query)
    return not isinstance(document, list) and bool(document.plans)


def is_within_the_limit(query: str) -> bool:
    try:
        parse(query, max_lexical_tokens=MAX_TOKENS)
    except GraphQLSyntaxError:
        return False
    return True


def operations() -> st.SearchStrategy[str]:
    """Operations on anything, and on each field by itself, as those are smaller."""
    schema = build_schema(SCHEMA)
    fields = [*schema.query_type.fields, *schema.mutation_type.fields]
    return st.one_of(
        from_schema(schema), *(from_schema(schema, fields=[field]) for field in fields)
    )


def test_generated_operations_are_answered_alike(server: Server):
    kinds: Counter[bool] = Counter()

    @settings(
        max_examples=400,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operations())
    def compare(query: str) -> None:
        # The directive of the twin must not be what makes it too long.
        assume(is_within_the_limit(query) == is_within_the_limit(unplanned(query)))
        kinds[is_planned(query)] += 1
        planned, twin = both(server, query, client=kinds.total() // 20)
        assert planned == twin, query

    compare()

    assert kinds[True] > 300
    assert not is_planned(unplanned(LOGIN))


@pytest.mark.parametrize(
    "variables",
    [
        {"input": {"email": "ada@example.com", "password": "wrong_password"}},
        {"input": {"email": "ada@example.com", "password": "wrong_password"}, "more": 1},
        {"input": {"email": "no address", "password": ""}},
        {"input": {"email": "ada@example.com"}},
        {"input": {"email": "ada@example.com", "password": None}},
        {"input": {"email": "ada@example.com", "password": 12345678}},
        {"input": {"email": "ada@example.com", "password": "x", "otp": "123456"}},
        *(
            {"input": {"email": "no address", "password": "", "transport": transport}}
            for transport in ("TOKEN", "COOKIE", "cookie", None, 1)
        ),
        {"input": ["ada@example.com"]},
        {"input": None},
        {},
        None,
    ],
    ids=str,
)
def test_variables_are_read_alike_whatever_they_are(server: Server, variables: Any):
    planned, twin = both(server, LOGIN, variables)

    assert is_planned(LOGIN)
    assert planned == twin


DEFAULTS = """
mutation Try($input: RegisterInput!, $transport: LoginTransport, $dry: Boolean) {
  register(input: $input, dryRun: $dry) { __typename }
  login(input: {email: "no address", password: "", transport: $transport}) { __typename }
}
"""


@pytest.mark.parametrize("given", [{}, {"transport": None}, {"dry": None}, {"dry": True}], ids=str)
def test_nullable_variables_of_what_has_a_default_are_read_alike(server: Server, given: Any):
    variables = {"input": {"email": "ada@example.com", "password": "x"}, **given}

    planned, twin = both(server, DEFAULTS, variables)

    assert is_planned(DEFAULTS)
    assert planned == twin
    assert ("errors" in planned[1]) == ("transport" in given)


REGISTER = """
mutation Try($email: String!, $name: String, $role: String = "customer") {
  register(input: {email: $email, name: $name, password: "short", role: $role}) {
    ...Failures
    ... on UserError { text: message }
  }
}
fragment Failures on RegisterResult {
  kind: __typename
  ... on InvalidInputError { errors { field ... on PasswordTooShortError { field minLength } } }
  ... on InvalidInputError { errors { __typename message } }
}
"""


@pytest.mark.parametrize(
    "query",
    [
        REGISTER.replace(' = "customer"', ""),
        "{ a: __typename policy: registrationPolicy(tenant: null) { roles } viewer { id } }",
        '{ registrationPolicy(tenant: "0") { roles } }',
        "{ registrationPolicy(tenant: 7) { verificationMethods nameRequired defaultRole } }",
    ],
)
@pytest.mark.parametrize("variables", [{"email": "b@example.com"}, {"email": "b", "name": None}])
def test_fragments_aliases_and_literals_are_understood_alike(
    server: Server, query: str, variables: Any
):
    planned, twin = both(server, query, variables)

    assert is_planned(query)
    assert planned == twin
    assert planned[0] == 200


@pytest.mark.parametrize(
    "query",
    [REGISTER, "{ __schema { queryType { name } } }", "{ viewer @skip(if: true) { id } }"],
    ids=["a default", "introspection", "a directive"],
)
def test_what_cannot_be_planned_is_executed_all_the_same(server: Server, query: str):
    variables = {"email": "b@example.com"} if query is REGISTER else None
    status, body = answer(server, query, variables, 0)

    assert not is_planned(query)
    assert status == 200
    assert body.keys() == {"data"}


def test_every_query_and_mutation_for_clients_is_planned():
    texts = [path.read_text() for path in (ROOT / "clients" / "operations").glob("*.graphql")]

    unplanned = sorted(text for text in texts if not is_planned(text))

    assert len(texts) > 8
    # The server looks the sessions up by themselves: a plan calls only the resolvers of roots.
    assert [text.split()[1] for text in unplanned] == [
        "ViewerSessions",
        "AccountEvents",
        "VerificationChanged($id:",
    ]
