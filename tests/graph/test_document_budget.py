"""What a client's new documents may cost, in CPU time: beyond it, only known ones are taken.

Introspection is charged each time.
"""

from collections.abc import Iterator

import httpx
import pytest
from graphql import get_introspection_query
from harness.costly_documents import NUMBERS, USED_UP, costly, exhaust, send
from harness.polling import eventually
from harness.processes import Server, serving

# One client for most of the file: what it has spent takes long to come back.
SPENT = "192.0.2.1"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the whole file, which believes what it is told of its clients."""
    folder = tmp_path_factory.mktemp("data")
    with serving(DATA_DIR=str(folder), TRUSTED_PROXIES="127.0.0.1") as server:
        yield server


def wrong() -> str:
    """The same, and not even valid."""
    return f"query N{next(NUMBERS)} {{ {'viewer { id } ' * 97} viewr }}"


@pytest.mark.parametrize(
    ("client", "new", "method"),
    [
        (SPENT, costly, "POST"),
        (SPENT, costly, "GET"),
        ("192.0.2.2", wrong, "POST"),
    ],
)
def test_a_client_with_ever_new_documents_is_told_to_wait(
    server: Server, client: str, new, method: str
):
    answer = exhaust(server, client, new, method)

    assert answer.json() == {"errors": [{"message": USED_UP}]}
    assert 1 <= int(answer.headers["retry-after"]) <= 10


def test_known_documents_work_on_for_a_client_that_has_to_wait(server: Server):
    known = costly()
    send(server, "192.0.2.3", known)
    exhaust(server, SPENT)

    answer = send(server, SPENT, known)

    assert (answer.status_code, answer.json()) == (200, {"data": {"viewer": None}})


def test_a_client_that_reads_the_schema_without_end_is_told_to_wait(server: Server):
    """Other documents work on for it, also new ones, and others read the schema."""
    introspection = get_introspection_query()
    answer = exhaust(server, "192.0.2.9", lambda: introspection)

    assert answer.json() == {"errors": [{"message": USED_UP}]}
    assert 1 <= int(answer.headers["retry-after"]) <= 10
    assert send(server, "192.0.2.9", costly()).json() == {"data": {"viewer": None}}
    assert "__schema" in send(server, "192.0.2.10", introspection).json()["data"]


def test_other_clients_are_not_affected(server: Server):
    exhaust(server, SPENT)

    answer = send(server, "192.0.2.4", costly())

    assert (answer.status_code, answer.json()) == (200, {"data": {"viewer": None}})


@pytest.mark.parametrize(
    ("client", "body"),
    [
        ("192.0.2.5", b"no JSON"),
        ("192.0.2.6", b'{"documentId": "unknown"}'),
        ("192.0.2.7", b'{"query": "{ __typename }", "operationName": "Other"}'),
        ("192.0.2.8", b'{"query": "subscription { a: __typename }"}'),
    ],
)
def test_a_client_whose_requests_are_all_rejected_is_told_to_wait(
    server: Server, client: str, body: bytes
):
    """Known documents work on for it."""
    headers = {"x-forwarded-for": client, "content-type": "application/json"}
    send(server, "192.0.2.3", "{ __typename }")
    for _ in range(1_000):
        answer = server.http.post("/graphql", content=body, headers=headers)
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            break

    assert answer.json() == {"errors": [{"message": USED_UP}]}
    assert 1 <= int(answer.headers["retry-after"]) <= 10
    assert send(server, client, "{ __typename }").status_code == httpx.codes.OK


def test_whoever_waited_as_long_as_told_may_send_a_new_document(server: Server):
    wait = int(exhaust(server, SPENT).headers["retry-after"])

    def taken() -> bool:
        return send(server, SPENT, costly()).status_code == httpx.codes.OK

    eventually(taken, "a new document to be taken", patience=wait + 1)
