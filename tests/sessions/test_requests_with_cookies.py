"""The cookie of a session is only for the pages that may have it."""

import httpx
import pytest
from harness.cookie_browser import ADA, ADDRESS, VIEWER, Browser
from harness.database import dump
from harness.hourly_sweep import dump_after_start
from harness.postbox import Postbox
from harness.service import Service, running
from harness.websocket_client import ask, closed, connected, hear, opened, say
from websockets.exceptions import InvalidStatus

# The same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

EVIL = "https://evil.example"
APP = "https://app.example.com"
FOR_PAGES = (
    "The session cookie is only for pages of this server and of CONNECTX_CORS_ORIGINS, over HTTPS: "
    "the Origin header tells them"
)


def refused(answer: httpx.Response) -> tuple[int, str]:
    body = answer.json()
    assert body.keys() == {"errors"}
    assert "set-cookie" not in answer.headers
    return answer.status_code, body["errors"][0]["message"]


def test_no_request_but_the_json_of_an_allowed_page_can_use_the_cookie(
    verified: Service, database_url: str
):
    browser = Browser(verified)
    browser.login()
    cookie = {"cookie": str(browser.cookie)}
    origin = {"origin": verified.url}
    logout = {"query": "mutation { logout { __typename } }"}
    http = verified.http
    before = dump_after_start(database_url)

    for headers in (
        cookie,
        cookie | {"origin": EVIL},
        cookie | {"origin": "null"},
        cookie | {"origin": f"{verified.url}.evil.example"},
        cookie | {"origin": EVIL, "sec-fetch-site": "cross-site"},
    ):
        assert refused(http.post("/graphql", json=logout, headers=headers)) == (403, FOR_PAGES)
    headers = cookie | origin
    form = http.post("/graphql", data=logout, headers=headers)
    assert refused(form) == (415, "Send the request as application/json in UTF-8")
    link = http.get("/graphql", params=VIEWER, headers=headers)
    assert refused(link) == (403, "With the session cookie, send requests by POST")
    token = {"authorization": "Bearer x"}
    both = http.post("/graphql", json=VIEWER, headers=headers | token)
    assert refused(both) == (
        400,
        "Send the session cookie or an Authorization header, not both",
    )

    assert dump(database_url) == before
    assert browser.post(VIEWER).json() == ADA
    # A proxy may have replaced the Host header, and take a password of its own.
    hidden = {"origin": "https://shop.example", "sec-fetch-site": "same-origin"}
    basic = {"authorization": "Basic x"}
    proxied = http.post("/graphql", json=VIEWER, headers=cookie | hidden | basic)
    assert proxied.json() == ADA


def test_a_websocket_has_the_session_of_its_handshakes_cookie(verified: Service):
    browser = Browser(verified)
    browser.login()
    cookie = {"cookie": str(browser.cookie)}
    bearer = {"authorization": "Bearer x"}

    with connected(verified, origin=verified.url, additional_headers=cookie) as socket:
        ask(socket, VIEWER["query"])
        assert hear(socket)["payload"] == ADA
    with opened(verified, origin=verified.url, additional_headers=cookie) as socket:
        say(socket, type="connection_init", payload={"Authorization": "Bearer x"})
        assert closed(socket) == (
            4400,
            "Send the session cookie or an authorization, not both",
        )
    for status, options in (
        (403, {"origin": EVIL, "additional_headers": cookie}),
        (403, {"additional_headers": cookie}),
        (400, {"origin": verified.url, "additional_headers": cookie | bearer}),
    ):
        with pytest.raises(InvalidStatus) as denied, opened(verified, **options):
            pass
        assert denied.value.response.status_code == status


def test_a_configured_origin_on_another_site_can_have_the_cookie(
    settings: dict[str, str], postbox: Postbox
):
    with running(**settings, CORS_ORIGINS=APP, COOKIE_SAMESITE="None") as service:
        service.register()
        service.verify(postbox.code(ADDRESS))
        page = Browser(service, APP)

        _, cookie = page.login()
        answer = page.post(VIEWER)
        strangers = service.http.post("/graphql", json=VIEWER, headers={"origin": EVIL})

    assert cookie.endswith("; Path=/; Secure; HttpOnly; SameSite=None")
    assert answer.json() == ADA
    assert answer.headers["access-control-allow-origin"] == APP
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert "access-control-allow-origin" not in strangers.headers
