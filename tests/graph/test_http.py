"""GraphQL over HTTP: what is a request, and what is refused before it is one."""

import httpx
import pytest
from harness.paths import OPERATIONS
from harness.service import Service

# What HTTP says is the same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

JSON = "application/json; charset=utf-8"
RESPONSE_JSON = "application/graphql-response+json; charset=utf-8"
TYPENAME = {"query": "{ __typename }"}
ANSWER = {"data": {"__typename": "Query"}}


def refused(answer: httpx.Response) -> tuple[int, str, list[str]]:
    """The status, the media type and the messages of an answer that has only errors."""
    body = answer.json()
    assert body.keys() == {"errors"}
    messages = [error["message"] for error in body["errors"]]
    return answer.status_code, answer.headers["content-type"], messages


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_not_allowed(service: Service, method: str):
    answer = service.http.request(method, "/graphql")

    assert refused(answer) == (405, JSON, ["Use POST, or GET for a query"])
    assert answer.headers["allow"] == "GET, POST"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=utf-16",
        "",
    ],
)
def test_a_body_that_is_not_json_by_its_name_is_unsupported(service: Service, content_type: str):
    answer = service.http.post(
        "/graphql", content=b'{"query": "{ __typename }"}', headers={"content-type": content_type}
    )

    assert refused(answer) == (
        415,
        JSON,
        ["Send the request as application/json in UTF-8"],
    )


@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=UTF-8"])
def test_json_is_supported_under_each_of_its_names(service: Service, content_type: str):
    answer = service.http.post(
        "/graphql", content=b'{"query": "{ __typename }"}', headers={"content-type": content_type}
    )

    assert (answer.status_code, answer.json()) == (200, ANSWER)


def test_a_body_of_more_than_64_kib_is_too_large(service: Service):
    headers = {"content-type": "application/json"}
    fitting = b'{"query": "{ __typename }"}'.ljust(64 * 1024)

    fits = service.http.post("/graphql", content=fitting, headers=headers)
    exceeds = service.http.post("/graphql", content=fitting + b" ", headers=headers)

    assert (fits.status_code, fits.json()) == (200, ANSWER)
    assert refused(exceeds) == (413, JSON, ["The body must be at most 65536 bytes"])


def test_an_answer_that_nobody_offers_is_not_acceptable(service: Service):
    answer = service.http.post("/graphql", json=TYPENAME, headers={"accept": "text/csv"})

    assert refused(answer) == (
        406,
        JSON,
        ["Accept application/json or application/graphql-response+json"],
    )


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", JSON),
        ("application/json", JSON),
        ("application/graphql-response+json, application/json;q=0.9", RESPONSE_JSON),
    ],
)
def test_the_answer_is_what_the_client_likes_best(service: Service, accept: str, media_type: str):
    answer = service.http.post("/graphql", json=TYPENAME, headers={"accept": accept})

    assert (answer.status_code, answer.headers["content-type"], answer.json()) == (
        200,
        media_type,
        ANSWER,
    )
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "The body is not JSON"),
        (b"{", "The body is not JSON"),
        (b"\xff", "The body is not JSON"),
        (b"[" * 60_000, "The body is not JSON"),
        (b'{"query": "\\ud800"}', "The body is not JSON"),
        (b"1", "The body must be a JSON object"),
        (b"null", "The body must be a JSON object"),
        (b"[]", "Batches are not supported: send one request at a time"),
        (b"{}", "query must be a string that holds a GraphQL document"),
        (b'{"query": 1}', "query must be a string that holds a GraphQL document"),
        (b'{"query": "{a}", "variables": []}', "variables must be an object"),
        (b'{"query": "{a}", "operationName": 1}', "operationName must be a string"),
        (b'{"query": "{a}", "extensions": 1}', "extensions must be an object"),
    ],
)
def test_a_body_that_is_no_request_is_a_bad_one(service: Service, body: bytes, message: str):
    answer = service.http.post(
        "/graphql", content=body, headers={"content-type": "application/json"}
    )

    status, media_type, [told] = refused(answer)
    assert (status, media_type) == (400, JSON)
    assert told.partition(": ")[0] == message.partition(": ")[0]


@pytest.mark.parametrize(
    "query",
    ["{", "{ nothing }", "mutation { register }", "query A { __typename } query B { __typename }"],
)
def test_a_document_that_is_not_well_formed_gets_ordinary_errors(service: Service, query: str):
    body = {"query": query}
    modern = service.http.post("/graphql", json=body, headers={"accept": RESPONSE_JSON})
    legacy = service.http.post("/graphql", json=body, headers={"accept": JSON})

    assert refused(modern)[:2] == (400, RESPONSE_JSON)
    assert refused(legacy)[:2] == (200, JSON)


def test_a_variable_of_the_wrong_type_gets_an_ordinary_error(service: Service):
    body = {
        "query": (OPERATIONS / "login.graphql").read_text(),
        "variables": {"input": {"email": "ada@example.com", "password": ["hunter2"]}},
    }

    answer = service.http.post("/graphql", json=body, headers={"accept": RESPONSE_JSON})

    assert refused(answer)[:2] == (400, RESPONSE_JSON)


def test_a_query_may_be_sent_by_get(service: Service):
    answer = service.http.get(
        "/graphql",
        params={
            "query": "query A($t: ID) { registrationPolicy(tenant: $t) { roles } } "
            "query B { viewer { id } }",
            "variables": '{"t": null}',
            "operationName": "A",
        },
    )

    assert (answer.status_code, answer.json()) == (
        200,
        {"data": {"registrationPolicy": {"roles": ["customer"]}}},
    )


def test_a_mutation_may_not_be_sent_by_get(service: Service):
    answer = service.http.get("/graphql", params={"query": "mutation { logout { __typename } }"})

    assert refused(answer) == (405, JSON, ["Send mutations by POST"])
    assert answer.headers["allow"] == "POST"
