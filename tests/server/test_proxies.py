"""A server behind the real nginx, with the file that `connectx init` writes."""

import json
from collections.abc import Iterator

import httpx
import pytest
from harness.event_streams import EVENTS
from harness.nginx import Clients, nginx, proxied
from harness.postbox import Postbox
from harness.processes import serving
from harness.websocket_client import connected

from graph.transport.request import MAX_BODY

CHANGED = "subscription ($id: ID!) { verificationChanged(id: $id) }"


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory, shared_postbox: Postbox) -> Iterator[Clients]:
    """nginx with its file, before a server with a limit that shows who is who."""
    nginx()  # skips before a server is started
    chosen = {"TRUSTED_PROXIES": "127.0.0.1", "LIMIT_VERIFY_CLIENT": "3/hour"}
    folder = tmp_path_factory.mktemp("server")
    with (
        serving(
            DATA_DIR=str(folder), SMTP_URL=shared_postbox.url, METRICS="on", **chosen
        ) as server,
        proxied(tmp_path_factory.mktemp("nginx"), httpx.URL(server.url).port) as clients,
    ):
        yield clients


def test_a_person_registers_through_nginx(clients: Clients):
    answer = clients.at("127.0.0.10").register()

    assert answer["__typename"] == "RegisterSuccess"


def test_the_client_is_counted_and_not_nginx_and_not_what_the_client_says(clients: Clients):
    person, other = clients.at("127.0.0.2"), clients.at("127.0.0.3")
    kinds = []
    for number in range(4):
        person.http.headers["x-forwarded-for"] = f"203.0.113.{number}"
        kinds.append(person.verify("000000", f"p{number}@example.com")["__typename"])

    assert kinds == ["InvalidOtpError"] * 3 + ["RateLimitedError"]
    assert other.verify("000000")["__typename"] == "InvalidOtpError"


def test_a_body_beyond_the_servers_limit_is_too_large_for_nginx(clients: Clients):
    http = clients.at("127.0.0.4").http
    fits = {"query": "{ __typename }", "variables": {"x": "x" * 60_000}}

    assert http.post("/graphql", json=fits).status_code == 200
    assert http.post("/graphql", content=b"x" * (MAX_BODY + 1)).status_code == 413


def test_events_arrive_one_by_one(clients: Clients, shared_postbox: Postbox):
    service = clients.at("127.0.0.5")
    query = "mutation ($input: RegisterInput!) { register(input: $input) { ... on RegisterSuccess "
    query += "{ verification { id } } } }"
    given = {"name": "Eve", "email": "eve@example.com", "password": "secure_password"}
    registered = service.execute(query, {"input": given})["data"]["register"]
    asked = {"query": CHANGED, "variables": {"id": registered["verification"]["id"]}}

    with service.http.stream("POST", "/graphql", json=asked, headers=EVENTS) as events:
        lines = (line for line in events.iter_lines() if line.startswith("data: {"))
        first = json.loads(next(lines).removeprefix("data: "))
        # The stream is still open: only now there is something else to tell.
        service.verify(shared_postbox.code("eve@example.com"), "eve@example.com")
        second = json.loads(next(lines).removeprefix("data: "))

    assert first == {"data": {"verificationChanged": "PENDING"}}
    assert second == {"data": {"verificationChanged": "VERIFIED"}}


def test_a_websocket_is_let_through(clients: Clients):
    with connected(clients.at("127.0.0.6"), ssl=clients.tls) as socket:
        socket.send('{"type": "ping"}')
        assert json.loads(socket.recv()) == {"type": "pong"}


@pytest.mark.parametrize(
    "path", ["/mailbox", "/mailbox/static/mailbox.js", "/mailbox/api/v1/messages", "/metrics"]
)
def test_what_is_not_for_strangers_is_not_passed_on(clients: Clients, path: str):
    assert clients.at("127.0.0.7").http.get(path).status_code == 404


def test_pages_come_with_strict_transport_security(clients: Clients):
    answer = clients.at("127.0.0.8").http.get("/verify")

    assert answer.headers["strict-transport-security"] == "max-age=31536000"
