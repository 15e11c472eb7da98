"""Who may open a WebSocket, and how many."""

import json

import httpx
import pytest
from harness.polling import eventually
from harness.service import Service, running
from harness.websocket_client import ask, closed, connected, hear, opened
from websockets.exceptions import InvalidStatus

# How a message is read does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

APP = "https://app.example.com"


@pytest.mark.parametrize("protocols", [None, ["graphql-ws"]])
def test_another_protocol_is_not_spoken(service: Service, protocols: list[str] | None):
    with opened(service, subprotocols=protocols) as socket:
        assert closed(socket) == (4406, "Subprotocol not acceptable")


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        f"{APP}.evil.example",
        "http://app.example.com",
        "http://[",
        "",
    ],
)
def test_a_page_of_another_site_is_refused(settings: dict[str, str], origin: str):
    with (
        running(**settings, CORS_ORIGINS=APP) as service,
        pytest.raises(InvalidStatus) as refused,
        connected(service, origin=origin),
    ):
        pass

    response = refused.value.response
    assert (response.status_code, json.loads(response.body)) == (
        403,
        {"errors": [{"message": "WebSockets are not open to pages of this origin"}]},
    )


def test_a_page_of_this_server_and_of_a_named_origin_is_admitted(settings: dict[str, str]):
    public = "https://shop.example"
    with running(**settings, CORS_ORIGINS=APP, PUBLIC_URL=f"{public}/accounts") as service:
        for origin in (APP, public, service.url, None):
            with connected(service, origin=origin) as socket:
                ask(socket, "{ __typename }")
                assert hear(socket)["type"] == "next"


def test_a_client_has_as_many_connections_as_subscriptions(settings: dict[str, str]):
    with running(**settings, SUBSCRIPTIONS_PER_CLIENT="1") as service:
        with connected(service):
            with pytest.raises(InvalidStatus) as refused, connected(service):
                pass
            answer = httpx.post(f"{service.url}/graphql", json={"query": "{ __typename }"})

        def admitted() -> bool:
            try:
                with connected(service):
                    return True
            except InvalidStatus:
                return False

        eventually(admitted, "a place")

    response = refused.value.response
    assert (response.status_code, json.loads(response.body)) == (
        429,
        {"errors": [{"message": "Too many connections are open"}]},
    )
    assert answer.status_code == 200
