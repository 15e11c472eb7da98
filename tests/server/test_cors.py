"""Which pages of other origins may use the API, and what the log says of the others."""

import pytest
from harness.service import Clock, Service, running
from harness.websocket_client import connected
from websockets.exceptions import InvalidStatus

# The same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

APP = "https://app.example.com"
EVIL = "https://evil.example"


def test_another_origin_is_told_nothing_unless_it_is_configured(settings: dict[str, str]):
    query = {"query": "{ __typename }"}
    with running(**settings, CORS_ORIGINS=f"{APP}, http://localhost:5173") as service:
        known = service.http.post("/graphql", json=query, headers={"origin": APP})
        second = service.http.post(
            "/graphql", json=query, headers={"origin": "http://localhost:5173"}
        )
        others = [
            service.http.post("/graphql", json=query, headers={"origin": origin})
            for origin in (
                EVIL,
                f"{APP}.evil.example",
                "null",
                "http://localhost",
            )
        ]

    assert known.headers["access-control-allow-origin"] == APP
    assert second.headers["access-control-allow-origin"] == "http://localhost:5173"
    assert known.headers["vary"].lower() == "accept, origin"
    assert known.headers["access-control-expose-headers"] == "retry-after, x-request-id"
    assert known.headers["access-control-allow-credentials"] == "true"
    assert not any("access-control-allow-origin" in other.headers for other in others)


def test_a_preflight_allows_a_configured_origin_what_the_api_needs(settings: dict[str, str]):
    asked = {
        "origin": APP,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
    }
    with running(**settings, CORS_ORIGINS=APP) as service:
        known = service.http.options("/graphql", headers=asked)
        unknown = service.http.options("/graphql", headers={**asked, "origin": EVIL})

    assert known.status_code == 200
    assert known.headers["access-control-allow-origin"] == APP
    assert known.headers["access-control-allow-methods"] == "GET, POST"
    assert {"authorization", "content-type"} <= set(
        known.headers["access-control-allow-headers"].lower().split(", ")
    )
    assert unknown.status_code == 400
    assert "access-control-allow-origin" not in unknown.headers


def test_without_configured_origins_there_are_none(service: Service):
    answer = service.http.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"origin": APP}
    )

    assert [name for name in answer.headers if name.startswith("access-control")] == []


def readable(service: Service, origin: str, path: str = "/graphql") -> bool:
    """Whether a browser lets a page of this origin send a mutation and read the answer."""
    asked = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
    }
    before = service.http.options(path, headers=asked)
    query = {"query": "{ __typename }"}
    answers = [before, service.http.post(path, json=query, headers={"origin": origin})]
    told = {answer.headers.get("access-control-allow-origin") for answer in answers}
    return before.is_success and told == {origin}


LOOPBACK = (
    "http://localhost",
    "http://localhost:5173",
    "http://127.0.0.1:3000",
    "http://[::1]:65535",
)
OTHERS = (
    EVIL,
    "null",
    "http://localhost.evil.example:5173",
    "http://127.0.0.1.evil.example",
    "http://localhost:5173@evil.example",
    "http://localhost:",
    "http://192.168.0.2:5173",
    "http://127.0.0.1:5173/",
)


def test_while_there_is_no_mail_server_pages_of_this_machine_may_use_the_api_and_nothing_else(
    settings: dict[str, str],
):
    del settings["SMTP_URL"]
    with running(**settings, CORS_ORIGINS="https://App.example.com") as service:
        assert [origin for origin in (*LOOPBACK, *OTHERS, APP) if readable(service, origin)] == [
            *LOOPBACK,
            APP,
        ]
        for origin in LOOPBACK:
            with connected(service, origin=origin):
                pass
        for origin in OTHERS:
            with pytest.raises(InvalidStatus), connected(service, origin=origin):
                pass
        mailbox = service.http.get("/mailbox", headers={"origin": LOOPBACK[1]})

    assert mailbox.status_code == 200
    assert "access-control-allow-origin" not in mailbox.headers


@pytest.mark.parametrize("mailbox", ["on", "off"])
def test_a_server_whose_mails_are_sent_is_closed_to_pages_of_loopback(
    settings: dict[str, str], mailbox: str
):
    if mailbox == "off":  # `connectx mail worker` sends the mails, which alone has a mail server
        del settings["SMTP_URL"]
    with running(**settings, MAILBOX=mailbox) as service:
        assert not any(readable(service, origin) for origin in LOOPBACK)
        with pytest.raises(InvalidStatus), connected(service, origin=LOOPBACK[1]):
            pass


def test_a_refused_origin_is_one_line_a_minute_with_the_setting_and_a_flood_is_ten(
    settings: dict[str, str], clock: Clock, caplog: pytest.LogCaptureFixture
):
    def ask(origin: str, **headers: str) -> None:
        service.http.post("/graphql", json={}, headers={"origin": origin, **headers})

    def logged() -> list[str]:
        lines = [one.getMessage() for one in caplog.records if one.name == "connectx.cors"]
        caplog.clear()
        assert all("CONNECTX_CORS_ORIGINS" in line for line in lines)
        return [line.rpartition(": ")[2] for line in lines]

    public = "https://shop.example"
    with running(clock, **settings, PUBLIC_URL=f"{public}/accounts", CORS_ORIGINS=APP) as service:
        for own in (service.url, public, APP):
            ask(own)
        ask("https://behind.proxy.example", **{"sec-fetch-site": "same-origin"})
        assert logged() == []

        for _ in range(3):
            ask(EVIL)
        readable(service, EVIL)
        with pytest.raises(InvalidStatus), connected(service, origin=EVIL):
            pass
        assert logged() == [EVIL]

        clock.advance(minutes=1)
        assert not readable(service, EVIL)
        assert logged() == [EVIL]

        clock.advance(minutes=1)
        with pytest.raises(InvalidStatus), connected(service, origin="http://localhost:5173"):
            pass
        ask("x" * 20_000)
        service.http.post("/graphql", headers=[(b"origin", b"\x9b2J\xff'\\")])
        for number in range(50):
            ask(f"https://{number}.example")
        lines = logged()
        assert lines[:3] == ["http://localhost:5173", "x" * 300, "\\x9b2J\\xff'\\\\"]
        assert len(lines) == 10
