"""GraphQL over HTTP, as the specification's own audit suite asks for it."""

import json
from pathlib import Path

import pytest
from harness.npm import Package
from harness.service import Service

# How a request is read does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

QUERY = {"query": "{ __typename }"}

ACCEPTED = {
    "application/json": "application/json",
    "application/graphql-response+json": "application/graphql-response+json",
    "application/graphql-response+json, application/json": "application/graphql-response+json",
    "application/json, application/graphql-response+json": "application/graphql-response+json",
    "application/json, application/graphql-response+json;q=0.9": "application/json",
    "application/json;q=0.1, application/graphql-response+json;q=nan": "application/json",
    "application/graphql-response+json, */*": "application/graphql-response+json",
    "application/*;q=0.5, application/json;q=0": "application/graphql-response+json",
    "application/*": "application/json",
    "text/html, */*;q=0.1": "application/json",
    "": "application/json",
}
"""What an answer comes as, by the request's Accept."""


@pytest.fixture(scope="session")
def suite() -> Package:
    return Package(Path(__file__).parent / "conformance")


def test_all_audits_of_graphql_over_http_are_ok(service: Service, suite: Package):
    audits = json.loads(suite.run("audit", f"{service.url}/graphql"))

    assert [audit for audit in audits if audit["status"] != "ok"] == []
    assert len(audits) == 61


def test_the_media_type_of_an_answer_is_the_one_that_accept_likes_best(service: Service):
    answers = {
        accept: service.http.post("/graphql", json=QUERY, headers={"accept": accept})
        for accept in ACCEPTED
    }

    assert {accept: answer.headers["content-type"] for accept, answer in answers.items()} == {
        accept: f"{media_type}; charset=utf-8" for accept, media_type in ACCEPTED.items()
    }


def test_accept_in_two_lines_is_one_list(service: Service):
    lines = [("accept", "image/png"), ("accept", "application/json")]

    answer = service.http.post("/graphql", json=QUERY, headers=lines)

    assert answer.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "accept", [b"image/png", b"*/*;q=0", b"application/json;q=0, image/*", b"\xed\xa0\x80"]
)
def test_an_accept_that_cannot_be_served_is_told_what_can(service: Service, accept: bytes):
    answer = service.http.post("/graphql", json=QUERY, headers={"accept": accept})

    assert (answer.status_code, answer.headers["content-type"], answer.json()) == (
        406,
        "application/json; charset=utf-8",
        {"errors": [{"message": "Accept application/json or application/graphql-response+json"}]},
    )


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_another_method_is_refused_and_told_which_are_allowed(service: Service, method: str):
    answer = service.http.request(method, "/graphql", json=QUERY)

    assert (answer.status_code, answer.headers["allow"], answer.json()) == (
        405,
        "GET, POST",
        {"errors": [{"message": "Use POST, or GET for a query"}]},
    )


def test_head_is_refused_without_a_body(service: Service):
    answer = service.http.head("/graphql", params=QUERY)

    assert (answer.status_code, answer.headers["allow"], answer.text) == (405, "GET, POST", "")


def test_a_mutation_by_get_is_refused_and_told_to_post(service: Service):
    answer = service.http.get("/graphql", params={"query": "mutation { logout { __typename } }"})

    assert (answer.status_code, answer.headers["allow"], answer.json()) == (
        405,
        "POST",
        {"errors": [{"message": "Send mutations by POST"}]},
    )


def test_empty_parameters_by_get_count_as_none(service: Service):
    empty = {"operationName": "", "variables": "", "extensions": ""}

    answer = service.http.get("/graphql", params={**QUERY, **empty})

    assert answer.json() == {"data": {"__typename": "Query"}}
