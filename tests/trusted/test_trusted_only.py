"""Where nothing runs but trusted documents."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from graphql import parse, print_ast
from harness.paths import OPERATIONS
from harness.service import Service, running
from harness.trusted_requests import (
    ANSWER,
    REFUSED,
    STATUS,
    VIEWER,
    Send,
    by_apollos_id,
    by_id,
    each_transport,
    post,
)

# What a document is does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def strict(settings: dict[str, str]) -> Iterator[Service]:
    """A server that runs the clients' operations and no others."""
    chosen = {"TRUSTED_DOCUMENTS": str(OPERATIONS), "TRUSTED_DOCUMENTS_ONLY": "on"}
    with running(**settings, **chosen) as service:
        yield service


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


def test_where_only_trusted_documents_run_the_servers_own_pages_send_what_runs(strict: Service):
    page = strict.http.get("/verify").text
    documents = [unescape(each) for each in re.findall('data-document="([^"]+)"', page)]
    token = {"variables": {"input": {"token": "x" * 64}}}

    answers = [post(strict, {"query": each, **token}) for each in documents]

    assert answers == [{"data": {"answer": {"__typename": "InvalidLinkError"}}}] * 3


def test_introspection_runs_where_it_is_trusted(settings: dict[str, str], tmp_path: Path):
    text = "query Types { __schema { queryType { name } } }"
    (tmp_path / "types.graphql").write_text(text)
    chosen = {"TRUSTED_DOCUMENTS": str(tmp_path), "TRUSTED_DOCUMENTS_ONLY": "on"}
    with running(**settings, **chosen) as service:
        answer = post(service, {"query": text})

    assert answer == {"data": {"__schema": {"queryType": {"name": "Query"}}}}


def test_a_page_says_why_there_is_no_explorer_where_only_trusted_documents_run(strict: Service):
    answer = strict.http.get("/", headers={"accept": "text/html"}, follow_redirects=True)

    assert (answer.status_code, answer.url.path) == (200, "/graphql")
    assert "<h1>Only trusted documents run here</h1>" in answer.text
    assert "CONNECTX_TRUSTED_DOCUMENTS_ONLY" in answer.text
