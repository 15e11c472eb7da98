"""Traces, as a collector gets them over OTLP: all that was done, and nothing that was typed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from harness.polling import eventually
from harness.postbox import Postbox
from harness.processes import serving
from harness.trace_collector import Collector, attributes
from harness.websocket_client import ask, connected, hear

SECRETS = (
    "hunter",
    "lovelace",
    "Ada L",
    "127.0.0.1",
    "uthorization",
    "python-httpx",
    "k" * 32,
)


@pytest.fixture
def collector() -> Iterator[Collector]:
    collector = Collector()
    thread = threading.Thread(target=collector.server.serve_forever)
    thread.start()
    yield collector
    collector.server.shutdown()
    thread.join()
    collector.server.server_close()


@contextmanager
def told(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Iterator[None]:
    """The standard variables, as they are set around a server."""
    with monkeypatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(f"OTEL_{name}", value)
        yield


@pytest.mark.parametrize(
    ("database_url", "workers"),
    [("sqlite", "1"), ("postgres", "2")],
    indirect=["database_url"],
)
def test_a_registration_is_one_trace_down_to_its_statements_without_a_value(
    settings: dict[str, str],
    database_url: str,
    workers: str,
    collector: Collector,
    postbox: Postbox,
    monkeypatch: pytest.MonkeyPatch,
):
    variables = {"EXPORTER_OTLP_ENDPOINT": collector.url, "BSP_SCHEDULE_DELAY": "100"}
    ada = {"email": "lovelace@example.com", "password": "hunter_ada_1"}
    with (
        told(monkeypatch, **variables),
        serving("--workers", workers, **settings) as server,
    ):
        server.register(**ada, name="Ada Lovelace")
        server.register(**ada, name="Ada Lovelace")
        code = postbox.code("lovelace@example.com")
        server.verify(code, ada["email"])
        token = server.login(**ada)["accessToken"]
        server.viewer(token)
        server.http.get("/graphql", params={"query": '{ viewer(otp: "hunter_in_url") { id } }'})
        server.http.get("/verify?token=hunter_in_page", headers={"authorization": "Bearer hunter"})
        server.stop()
    registers = collector.named("register")
    [first] = [s for s in registers if attributes(s)["connectx.outcome"] == "RegisterSuccess"]
    [operation] = [s for s in collector.spans if s.span_id == first.parent_span_id]
    [request] = [s for s in collector.spans if s.span_id == operation.parent_span_id]
    everything = b"".join(collector.bodies)

    assert len(registers) == 2
    assert {resource["service.name"] for resource in collector.resources} == {"connectx"}
    assert attributes(operation) == {
        "graphql.operation.type": "mutation",
        "graphql.operation.name": "Register",
    }
    assert request.name == "POST /graphql"
    assert attributes(request)["http.route"] == "/graphql"
    statements = [
        str(attributes(s)["db.statement"])
        for s in collector.spans
        if s.trace_id == first.trace_id and "db.statement" in attributes(s)
    ]
    stored = any("INSERT INTO users" in statement for statement in statements)
    assert stored == database_url.startswith("postgres")
    assert [secret for secret in (*SECRETS, token) if secret.encode() in everything] == []
    assert code.encode() not in everything
    assert collector.named("GET /readyz") == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "variables", [{}, {"SDK_DISABLED": "true"}, {"TRACES_EXPORTER": "none"}], ids=str
)
def test_nothing_is_traced_unless_it_is_asked_for(
    settings: dict[str, str],
    collector: Collector,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
):
    endpoint = {"EXPORTER_OTLP_ENDPOINT": collector.url} if variables else {}
    with told(monkeypatch, **endpoint, **variables), serving(**settings) as server:
        server.register()
        server.stop()

    assert collector.bodies == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_collector_that_is_away_holds_up_nobody(
    settings: dict[str, str], collector: Collector, monkeypatch: pytest.MonkeyPatch
):
    gone = "http://127.0.0.1:9"
    with told(monkeypatch, EXPORTER_OTLP_ENDPOINT=gone), serving(**settings) as server:
        answer = server.register()
        code = server.stop()

    assert (answer["__typename"], code) == ("RegisterSuccess", 0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_callers_trace_goes_on(
    settings: dict[str, str], collector: Collector, monkeypatch: pytest.MonkeyPatch
):
    variables = {"EXPORTER_OTLP_ENDPOINT": collector.url, "BSP_SCHEDULE_DELAY": "100"}
    parent = f"00-{'ab' * 16}-{'cd' * 8}-01"
    with told(monkeypatch, **variables), serving(**settings) as server:
        body = {"query": "{ __typename }"}
        server.http.post("/graphql", json=body, headers={"traceparent": parent})
        eventually(lambda: collector.named("query"), "the span of the query")

    assert {span.trace_id.hex() for span in collector.named("query")} == {"ab" * 16}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_stream_is_a_span_from_its_beginning_to_its_end(
    settings: dict[str, str], collector: Collector, monkeypatch: pytest.MonkeyPatch
):
    variables = {"EXPORTER_OTLP_ENDPOINT": collector.url, "BSP_SCHEDULE_DELAY": "100"}
    query = "subscription Waiting($id: ID!) { verificationChanged(id: $id) }"
    with told(monkeypatch, **variables), serving(**settings) as server:
        handle = server.register()["verification"]["id"]
        body = {"query": query, "variables": {"id": handle}}
        request = {"json": body, "headers": {"accept": "text/event-stream"}}
        with server.http.stream("POST", "/graphql", **request) as answer:
            next(answer.iter_text())
        with connected(server) as socket:
            ask(socket, query, variables={"id": handle})
            hear(socket)
        eventually(lambda: len(collector.named("subscription")) == 2, "both spans")
        output = server.output()

    for span in collector.named("subscription"):
        assert attributes(span)["graphql.operation.name"] == "Waiting"
        assert span.parent_span_id
    # OpenTelemetry complains where a span ends in another task than it began in.
    assert "Traceback" not in output
