"""What `CONNECTX_GRAPHIQL` and `CONNECTX_INTROSPECTION` show, and hide."""

import pytest
from harness.paths import OPERATIONS, ROOT
from harness.service import Service, running

# The same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_a_browser_gets_the_explorer(service: Service):
    answer = service.http.get("/graphql", headers=BROWSER)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_without_the_explorer_a_browser_is_answered_like_any_client(settings: dict[str, str]):
    with running(**settings, GRAPHIQL="off") as service:
        answer = service.http.get("/graphql", headers=BROWSER)

    assert (answer.status_code, answer.json()) == (
        400,
        {"errors": [{"message": "query must be a string that holds a GraphQL document"}]},
    )


@pytest.mark.parametrize(
    "query", ["{ __schema { types { name } } }", '{ __type(name: "User") { name } }']
)
def test_without_introspection_the_schema_is_not_told(settings: dict[str, str], query: str):
    with running(**settings, INTROSPECTION="off") as service:
        answer = service.execute(query)
        typename = service.execute("{ __typename }")

    assert answer.keys() == {"errors"}
    assert "introspection" in answer["errors"][0]["message"]
    assert typename == {"data": {"__typename": "Query"}}


MISSPELT = [
    ("{ viewr { id } }", None),
    ("{ viewer { emial } }", None),
    ("{ registrationPolicy(tenent: null) { roles } }", None),
    ("mutation($i: LoginInpt!) { login(input: $i) { __typename } }", {}),
    ("{ viewer { ... on Usr { id } } }", None),
    ("mutation { login(input: {emial: 1}) { __typename } }", None),
    ("mutation($i: LoginInput!) { login(input: $i) { __typename } }", {"i": {"emial": ""}}),
]


def test_with_introspection_a_misspelt_document_is_answered_with_suggestions(service: Service):
    answers = [service.execute(query, variables) for query, variables in MISSPELT]

    assert ["Did you mean" in str(answer["errors"]) for answer in answers] == [True] * 7


def test_without_introspection_no_suggestion_tells_a_piece_of_the_schema(settings: dict[str, str]):
    with running(**settings, INTROSPECTION="off") as service:
        answers = [service.execute(query, variables) for query, variables in MISSPELT]

    assert ["Did you mean" in str(answer["errors"]) for answer in answers] == [False] * 7


def test_the_schema_is_a_file_where_introspection_tells_it(service: Service):
    answer = service.http.get("/schema.graphql")

    assert answer.text == (ROOT / "schema.graphql").read_text()
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("closed", ["INTROSPECTION", "TRUSTED"])
def test_the_schema_is_no_file_where_it_is_closed(settings: dict[str, str], closed: str):
    more = {"INTROSPECTION": "off"}
    if closed == "TRUSTED":
        more = {"TRUSTED_DOCUMENTS": str(OPERATIONS), "TRUSTED_DOCUMENTS_ONLY": "on"}
    with running(**settings, **more) as service:
        assert service.http.get("/schema.graphql").status_code == 404
