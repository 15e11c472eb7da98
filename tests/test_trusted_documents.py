"""Documents that an operator trusts: asked for by their ids, on every transport."""

import json
from collections.abc import Callable, Iterator
from hashlib import md5, sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import parse, print_ast
from process import serving
from service import OPERATIONS, Service, running
from test_document_budget import costly, exhaust, send
from test_event_streams import EVENTS, single
from test_logs import POSTED, line_of
from test_websockets import connected, hear, say

# What a document is does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

POLICY = (OPERATIONS / "registration_policy.graphql").read_text()
STATUS = (OPERATIONS / "check_verification.graphql").read_text()
LOGOUT = (OPERATIONS / "logout.graphql").read_text()
VIEWER = "query Viewer {\n  viewer {\n    id\n  }\n}"
ANSWER: dict[str, Any] = {"data": {"verificationStatus": None}}
UNKNOWN = {
    "message": "No document has this documentId.",
    "extensions": {"code": "PERSISTED_DOCUMENT_NOT_FOUND"},
}
APOLLO_UNKNOWN = {
    "message": "PersistedQueryNotFound",
    "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"},
}
REFUSED = {
    "message": "Only trusted documents are executed here.",
    "extensions": {"code": "PERSISTED_DOCUMENT_REQUIRED"},
}

Send = Callable[[Service, dict[str, Any]], Any]


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def by_id(text: str) -> dict[str, Any]:
    return {"documentId": f"sha256:{digest(text)}"}


def by_apollos_id(text: str) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest(text)}}}


def by_prefixed_id(text: str) -> dict[str, Any]:
    """Apollo's form with an id as GraphQL Code Generator writes it."""
    named = {"version": 1, "sha256Hash": f"sha256:{digest(text)}"}
    return {"extensions": {"persistedQuery": named}}


def parameters(asked: dict[str, Any]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in asked.items()
    }


def post(service: Service, asked: dict[str, Any]) -> Any:
    return service.http.post("/graphql", json=asked).json()


def get(service: Service, asked: dict[str, Any]) -> Any:
    return service.http.get("/graphql", params=parameters(asked)).json()


def browse(service: Service, asked: dict[str, Any]) -> Any:
    headers = {"accept": "text/html,*/*;q=0.8"}
    return service.http.get("/graphql", params=parameters(asked), headers=headers).json()


def stream(service: Service, asked: dict[str, Any]) -> Any:
    answer = service.http.post("/graphql", json=asked, headers=EVENTS).text
    data = answer.splitlines()[1].removeprefix("data: ")
    assert answer == single(data)
    return json.loads(data)


def converse(service: Service, asked: dict[str, Any]) -> Any:
    with connected(service) as socket:
        say(socket, id="1", type="subscribe", payload=asked)
        told = hear(socket)
    return told["payload"] if told["type"] == "next" else {"errors": told["payload"]}


each_transport = pytest.mark.parametrize("ask", [post, get, browse, stream, converse])
each_form = pytest.mark.parametrize(
    ("form", "unknown"), [(by_id, UNKNOWN), (by_apollos_id, APOLLO_UNKNOWN)]
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


@pytest.fixture
def trusting(settings: dict[str, str]) -> Iterator[Service]:
    """A server that trusts the clients' operations, and runs others as well."""
    with running(**settings, TRUSTED_DOCUMENTS=str(OPERATIONS)) as service:
        yield service


@pytest.fixture
def strict(settings: dict[str, str]) -> Iterator[Service]:
    """A server that runs the clients' operations and no others."""
    chosen = {"TRUSTED_DOCUMENTS": str(OPERATIONS), "TRUSTED_DOCUMENTS_ONLY": "on"}
    with running(**settings, **chosen) as service:
        yield service


@each_transport
@each_form
def test_a_document_runs_by_the_hash_of_its_file_on_every_transport(
    trusting: Service, ask: Send, form, unknown
):
    known = {**form(STATUS), "variables": {"id": "nobody's"}}

    assert ask(trusting, known) == ANSWER
    assert ask(trusting, form("{ viewer { id } }")) == {"errors": [unknown]}


@each_form
def test_a_mutation_runs_by_its_id_when_it_is_posted_and_not_by_get(
    trusting: Service, form, unknown
):
    answer = trusting.http.get("/graphql", params=parameters(form(LOGOUT)))

    assert post(trusting, form(LOGOUT))["data"]["logout"]["__typename"] == "UnauthenticatedError"
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_a_subscription_runs_by_its_id(trusting: Service):
    text = (OPERATIONS / "verification_changed.graphql").read_text()
    variables = {"id": trusting.register()["verification"]["id"]}

    assert converse(trusting, {**by_id(text), "variables": variables}) == {
        "data": {"verificationChanged": "PENDING"}
    }


def test_an_id_is_answered_with_the_status_of_a_document(trusting: Service):
    accept = {"accept": "application/graphql-response+json"}
    known = trusting.http.post("/graphql", json=by_id(POLICY), headers=accept)
    unknown = trusting.http.post("/graphql", json=by_apollos_id("{}"), headers=accept)

    assert (known.status_code, unknown.status_code) == (200, 400)
    assert unknown.headers["content-type"] == "application/graphql-response+json; charset=utf-8"


@each_transport
@each_form
def test_without_trusted_documents_every_id_is_unknown(service: Service, ask: Send, form, unknown):
    assert ask(service, form(POLICY)) == {"errors": [unknown]}


@pytest.mark.parametrize("text", [STATUS, "query Other($id: ID!) { verificationStatus(id: $id) }"])
@pytest.mark.parametrize("form", [by_id, by_apollos_id, by_prefixed_id])
def test_a_text_runs_with_its_own_hash_and_is_not_kept_under_it(trusting: Service, form, text: str):
    both = {"query": text, **form(text), "variables": {"id": "nobody's"}}
    known = text == STATUS

    assert [post(trusting, both), get(trusting, both)] == [ANSWER, ANSWER]
    assert ("data" in post(trusting, {**form(text), "variables": {"id": ""}})) is known


@pytest.mark.parametrize("ids_text", [POLICY, "{ nothing }"])
@pytest.mark.parametrize(("form", "name"), [(by_id, "documentId"), (by_apollos_id, "sha256Hash")])
def test_a_text_does_not_run_with_the_hash_of_another(
    trusting: Service, form, name: str, ids_text: str
):
    answer = post(trusting, {"query": STATUS, **form(ids_text), "variables": {"id": ""}})

    assert answer == {
        "errors": [
            {
                "message": f"The {name} is not that of the query.",
                "extensions": {"code": "PERSISTED_DOCUMENT_MISMATCH"},
            }
        ]
    }


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"documentId": 1}, "documentId must be a string"),
        ({"documentId": ""}, "query must be a string that holds a GraphQL document"),
        ({"documentId": "a", "query": 1}, "query must be a string that holds a GraphQL document"),
        *(
            (
                {"extensions": {"persistedQuery": persisted}},
                "persistedQuery must have the version 1 and a sha256Hash",
            )
            for persisted in ["a", {}, {"version": 1}, {"version": 2, "sha256Hash": "a"}]
        ),
    ],
)
def test_an_id_that_is_none_is_a_bad_request(trusting: Service, asked: Any, message: str):
    answer = trusting.http.post("/graphql", json=asked)

    assert (answer.status_code, answer.json()) == (400, {"errors": [{"message": message}]})


def test_an_operation_is_printed_with_the_fragments_of_other_files(
    settings: dict[str, str], folder: Path
):
    (folder / "deep").mkdir()
    (folder / "deep" / "viewer.graphql").write_text(
        "# Who?\nquery Viewer { viewer { ...Name, ...Email } }\nquery Id { viewer { id } }"
    )
    (folder / "fragments.gql").write_text(
        "fragment Unused on Tenant { id }\n"
        "fragment Name on User { name ...Home }\n"
        "fragment Email on User { email }"
    )
    (folder / "home.graphql").write_text("fragment Home on User { tenant { name } }")
    printed = """query Viewer {
  viewer {
    ...Name
    ...Email
  }
}

fragment Email on User {
  email
}

fragment Home on User {
  tenant {
    name
  }
}

fragment Name on User {
  name
  ...Home
}"""
    with running(**settings, TRUSTED_DOCUMENTS=str(folder)) as service:
        answers = [
            post(service, by_id(text))
            for text in (printed, "query Id {\n  viewer {\n    id\n  }\n}")
        ]

    assert answers == [{"data": {"viewer": None}}] * 2


def apollos(operations: Any) -> str:
    return json.dumps(
        {"format": "apollo-persisted-query-manifest", "version": 1, "operations": operations}
    )


def test_every_manifest_of_a_code_generator_is_read_and_its_ids_are_taken_as_they_are(
    settings: dict[str, str], folder: Path
):
    relays, codegens = md5(VIEWER.encode()).hexdigest(), f"sha256:{digest(POLICY)}"
    body = {"name": "CheckVerification", "type": "query", "body": STATUS}
    (folder / "relay.json").write_text(json.dumps({relays: VIEWER}))
    (folder / "persisted-documents.json").write_text(json.dumps({codegens: POLICY}))
    (folder / "apollo.json").write_text(apollos([{"id": "web/1.2/check", **body}]))
    variables = {"id": "nobody's"}
    with running(**settings, TRUSTED_DOCUMENTS=str(folder)) as service:
        known = [
            post(service, {"documentId": name, "variables": variables})
            for name in (relays, codegens, "web/1.2/check")
        ]
        apollo = {"persistedQuery": {"version": 1, "sha256Hash": "web/1.2/check"}}
        asked = {"extensions": apollo, "variables": variables}
        forms = [post(service, {"query": query, **asked}) for query in (STATUS, VIEWER)]
        unknown = post(service, {"documentId": "another", "query": VIEWER})

    policy = known[1]["data"]["registrationPolicy"]["passwordMinLength"]
    assert (known[0], policy, known[2]) == ({"data": {"viewer": None}}, 8, ANSWER)
    assert (forms[0], list(forms[1])) == (ANSWER, ["errors"])
    # Nobody knows what it stands for, so it says nothing about the text.
    assert unknown == {"data": {"viewer": None}}


def test_a_manifest_may_be_named_instead_of_a_folder(settings: dict[str, str], tmp_path: Path):
    manifest = tmp_path / "persisted-documents.json"
    manifest.write_text(json.dumps({"one": VIEWER}))
    with running(**settings, TRUSTED_DOCUMENTS=str(manifest)) as service:
        assert post(service, {"documentId": "one"}) == {"data": {"viewer": None}}


@each_transport
def test_where_only_trusted_documents_run_others_are_refused_unread(strict: Service, ask: Send):
    printed = print_ast(parse(STATUS))
    by_text = [
        ask(strict, {"query": text, "variables": {"id": "nobody's"}}) for text in (STATUS, printed)
    ]
    others = [
        ask(strict, {"query": text})
        for text in (f"{STATUS} ", "{ __typename }", "{ __schema { types { name } } }", "{ oh")
    ]
    registered = ask(strict, {"query": VIEWER, **by_apollos_id(VIEWER)})

    assert ask(strict, {**by_id(STATUS), "variables": {"id": "nobody's"}}) == ANSWER
    assert by_text == [ANSWER, ANSWER]
    assert [*others, registered] == [{"errors": [REFUSED]}] * 5


def test_where_only_trusted_documents_run_clients_can_do_what_these_say(strict: Service):
    assert strict.register()["__typename"] == "RegisterSuccess"
    assert strict.login()["__typename"] == "EmailNotVerifiedError"


def test_introspection_runs_where_it_is_trusted(settings: dict[str, str], folder: Path):
    text = "query Types { __schema { queryType { name } } }"
    (folder / "types.graphql").write_text(text)
    chosen = {"TRUSTED_DOCUMENTS": str(folder), "TRUSTED_DOCUMENTS_ONLY": "on"}
    with running(**settings, **chosen) as service:
        answer = post(service, {"query": text})

    assert answer == {"data": {"__schema": {"queryType": {"name": "Query"}}}}


def test_a_page_says_why_there_is_no_explorer_where_only_trusted_documents_run(strict: Service):
    answer = strict.http.get("/", headers={"accept": "text/html"}, follow_redirects=True)

    assert (answer.status_code, answer.url.path) == (200, "/graphql")
    assert "<h1>Only trusted documents run here</h1>" in answer.text
    assert "CONNECTX_TRUSTED_DOCUMENTS_ONLY" in answer.text


def test_strangers_documents_neither_push_out_trusted_ones_nor_make_them_cost(
    settings: dict[str, str], folder: Path
):
    texts = [f"query T{number} {{ {'viewer { id } ' * 98} }}" for number in range(3)]
    for number, text in enumerate(texts):
        (folder / f"{number}.graphql").write_text(text)
    chosen = {"TRUSTED_DOCUMENTS": str(folder), "TRUSTED_PROXIES": "127.0.0.1"}
    with serving(**settings, **chosen) as server:
        for number in range(1_100):
            stranger = f"192.0.2.{10 + number // 100}"
            send(server, stranger, f"query S{number} {{ __typename }}")
        exhaust(server, "192.0.2.1")
        new = send(server, "192.0.2.1", costly())
        trusted = [send(server, "192.0.2.1", text) for text in texts]

    assert new.status_code == httpx.codes.TOO_MANY_REQUESTS
    assert [answer.json() for answer in trusted] == [{"data": {"viewer": None}}] * 3


def test_a_request_by_id_has_the_line_of_its_operation(settings: dict[str, str]):
    lines = []
    with serving(**settings, TRUSTED_DOCUMENTS=str(OPERATIONS)) as server:
        for name, asked in (("known", by_id(LOGOUT)), ("unknown", by_id("{ a }"))):
            server.http.post("/graphql", json=asked, headers={"x-request-id": name})
            line = line_of(server, name)
            lines.append({key: line[key] for key in line.keys() - {"timestamp", "duration_ms"}})
        output = server.output()

    said = {"operation": "Logout", "mutation": "logout", "outcome": "UnauthenticatedError"}
    assert lines == [
        {**POSTED, "request_id": "known", **said},
        {**POSTED, "request_id": "unknown", "outcome": "rejected"},
    ]
    assert "Documents 10 trusted\n" in output
