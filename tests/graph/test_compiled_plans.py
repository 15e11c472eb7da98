"""A planned operation answers exactly what graphql-core answers to the same operation."""

from collections import Counter
from typing import Any

import pytest
from graphql import GraphQLSyntaxError, build_schema, parse
from harness.paths import ROOT
from harness.plan_comparison import LOGIN, answer, both, is_planned, unplanned
from harness.processes import Server
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import from_schema

from graph.execution.document_limits import MAX_TOKENS

SCHEMA = (ROOT / "schema.graphql").read_text()


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
