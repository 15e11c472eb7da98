"""Operations that a generator makes from the schema, against a server in a process."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from http.client import HTTPConnection
from multiprocessing import get_context
from pathlib import Path
from typing import Self

import pytest
from graphql import build_schema
from harness.paths import ROOT
from harness.processes import Server, serving
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import Mode, from_schema, nodes

OPERATIONS = int(os.environ.get("FUZZ_OPERATIONS", "1000"))
"""How many. `make fuzz` sends 10,000, of which these are the first."""
BATCH = 100
SCHEMA = (ROOT / "schema.graphql").read_text()
HEADERS = {
    "accept": "application/graphql-response+json",
    "content-type": "application/json",
}
ADA = "ada@example.com"

# Random text never gets past the check of an address or a token, nor near a code. Where the API
# takes one, the generator is told of a scalar of its own, so that operations also get to what lies
# behind.
TEXT = st.text(max_size=20)
AIMED = {
    "Address": TEXT | st.sampled_from([ADA, "ADA@Example.com ", "ünï@bücher.example"]),
    "Code": TEXT | st.sampled_from(["000000", "123 456", "１２３４５６", "", "\0"]),
    "Password": TEXT | st.sampled_from(["secure_password", "password", "\0" * 20, "é" * 200]),
    "Role": TEXT | st.sampled_from(["customer", "CUSTOMER", "pastor"]),
    "Token": TEXT | st.sampled_from(["x" * 64, " " + "A" * 64, "é" * 64, "\0" * 64]),
}
FIELDS = {
    "email": "Address",
    "invitedBy": "Address",
    "otp": "Code",
    "password": "Password",
    "role": "Role",
    "token": "Token",
    "continuation": "Token",
}


def aimed(schema: str) -> str:
    """The schema with those scalars in its inputs."""

    def retyped(found: re.Match[str]) -> str:
        return re.sub(r"(\w+): String", lambda f: f"{f[1]}: {FIELDS.get(f[1], 'String')}", found[0])

    inputs = re.sub(r"^input \w+ \{.*?^\}", retyped, schema, flags=re.DOTALL | re.MULTILINE)
    return "\n".join([inputs, *(f"scalar {name}" for name in AIMED)])


def operations() -> st.SearchStrategy[str]:
    """Valid operations with any text, and with aimed text; and others that are not valid."""
    plain, scalars = build_schema(SCHEMA), build_schema(aimed(SCHEMA))
    values = {name: texts.map(nodes.String) for name, texts in AIMED.items()}
    fields = [*plain.query_type.fields, *plain.mutation_type.fields]
    return st.one_of(
        from_schema(plain),
        from_schema(plain, mode=Mode.NEGATIVE),
        from_schema(scalars, mode=Mode.NEGATIVE, custom_scalars=values),
        *(from_schema(scalars, fields=[field], custom_scalars=values) for field in fields),
    )


def answered(address: str, client: str, queries: list[str]) -> Counter[int]:
    """The statuses of the answers, each of which is what it ought to be."""
    connection = HTTPConnection(address, timeout=30)
    headers = {**HEADERS, "x-forwarded-for": client}
    statuses: Counter[int] = Counter()
    for query in queries:
        connection.request("POST", "/graphql", json.dumps({"query": query}), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        statuses[answer.status] += 1
        expected = {200: {"data"}, 400: {"errors"}}.get(answer.status)
        assert json.loads(text).keys() == expected, (answer.status, query, text)
        assert "InternalError" not in text, (query, text)
    connection.close()
    return statuses


class Sender:
    """Sends operations from another process, while this one generates the next."""

    def __init__(self, server: Server) -> None:
        self._address = server.url.removeprefix("http://")
        self._process = ProcessPoolExecutor(1, get_context("spawn"))
        self._batch: list[str] = []
        self._sent: list[Future[Counter[int]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.shutdown(cancel_futures=True)

    def send(self, query: str) -> None:
        self._batch.append(query)
        if len(self._batch) == BATCH:
            self._flush()

    def statuses(self) -> Counter[int]:
        """Those of all answers."""
        self._flush()
        return sum((sent.result() for sent in self._sent), Counter())

    def _flush(self) -> None:
        # What a client's new documents may cost is limited, so each batch has a client of its own.
        client = f"192.0.2.{len(self._sent)}"
        sent = self._process.submit(answered, self._address, client, self._batch)
        self._sent.append(sent)
        self._batch = []


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    chosen = {"DATA_DIR": str(tmp_path), "RATE_LIMITS": "off", "TRUSTED_PROXIES": "127.0.0.1"}
    with serving(**chosen) as server:
        server.register(email=ADA)
        yield server


@pytest.mark.timeout(900)
def test_no_generated_operation_is_answered_with_an_internal_error(server: Server):
    with Sender(server) as sender:

        @settings(
            max_examples=OPERATIONS,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operations())
        def generate(query: str) -> None:
            sender.send(query)

        generate()
        statuses = sender.statuses()
    ready = server.http.get("/readyz")

    assert statuses.total() >= OPERATIONS
    assert statuses.keys() == {200, 400}
    assert (ready.status_code, ready.json()) == (200, {"status": "ok"})
    assert "incident" not in server.output()
    assert "Traceback" not in server.output()
