"""Documents that an operator trusts: asked for by their ids, on every transport."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from harness.costly_documents import costly, exhaust, send
from harness.log_lines import POSTED, line_of
from harness.paths import OPERATIONS
from harness.processes import serving
from harness.service import Service, running
from harness.trusted_requests import (
    ANSWER,
    POLICY,
    STATUS,
    Send,
    by_apollos_id,
    by_id,
    by_prefixed_id,
    converse,
    each_form,
    each_transport,
    get,
    parameters,
    post,
)

# What a document is does not depend on the database.
in_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LOGOUT = (OPERATIONS / "logout.graphql").read_text()


@pytest.fixture(scope="module")
def trusting(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Service]:
    """One server for the file. It trusts the clients' operations, and runs others as well."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copy(migrated_sqlite, folder / "db")
    chosen = {"DATABASE_URL": f"sqlite://{folder}/db", "DATA_DIR": str(folder)}
    with running(**chosen, TRUSTED_DOCUMENTS=str(OPERATIONS)) as service:
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


@in_sqlite
def test_strangers_documents_neither_push_out_trusted_ones_nor_make_them_cost(
    settings: dict[str, str], tmp_path: Path
):
    texts = [f"query T{number} {{ {'viewer { id } ' * 98} }}" for number in range(3)]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.graphql").write_text(text)
    chosen = {"TRUSTED_DOCUMENTS": str(tmp_path), "TRUSTED_PROXIES": "127.0.0.1"}
    with serving(**settings, **chosen) as server:
        for number in range(1_100):
            stranger = f"192.0.2.{10 + number // 100}"
            send(server, stranger, f"query S{number} {{ __typename }}")
        exhaust(server, "192.0.2.1")
        new = send(server, "192.0.2.1", costly())
        trusted = [send(server, "192.0.2.1", text) for text in texts]

    assert new.status_code == httpx.codes.TOO_MANY_REQUESTS
    assert [answer.json() for answer in trusted] == [{"data": {"viewer": None}}] * 3


@in_sqlite
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
    assert f"Documents {len([*OPERATIONS.glob('*.graphql')])} trusted; others are" in output
