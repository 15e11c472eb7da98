"""What Chromium does with the session cookie, in the web app and for pages of other origins."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from harness.postbox import Postbox
from harness.service import Service
from harness.web_app_page import EMAIL, PASSWORD, AppPage
from playwright.sync_api import Route, expect

# The app is the same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ATTACK = """async (graphql) => {
  const logout = JSON.stringify({ query: 'mutation { logout { __typename } }' });
  const sent = { method: 'POST', credentials: 'include', body: logout };
  const headers = { 'Content-Type': 'application/json' };
  const tried = async (attempt) => attempt.then((got) => got.type, () => 'refused');
  const socket = new WebSocket(graphql.replace('http', 'ws'), 'graphql-transport-ws');
  const streams = new Promise((told) => {
    socket.onopen = () => told('open');
    socket.onerror = () => told('refused');
  });
  return [
    await tried(fetch(graphql, { ...sent, headers })),
    await tried(fetch(graphql, { ...sent, mode: 'no-cors' })),
    await tried(fetch(`${graphql}?query={viewer{email}}`, { credentials: 'include' })),
    await streams,
  ];
}"""


class EmptyPage(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Writes nothing."""


@contextmanager
def foreign_page() -> Iterator[str]:
    """A page on another port: another origin for the browser, which shares its cookies with it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), EmptyPage) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def without_cookie(route: Route) -> None:
    """Answers a login as for a browser that ignores the cookie."""
    if "mutation Login" not in (route.request.post_data or ""):
        route.continue_()
        return
    login = {"__typename": "CookieLoginSuccess", "expiresAt": "2030-01-01T00:00:00+00:00"}
    route.fulfill(json={"data": {"login": login}})


@pytest.fixture
def settings(settings: dict[str, str], postbox: Postbox) -> dict[str, str]:
    """With a mail server: without one, pages of all local ports may use the API."""
    return {**settings, "SMTP_URL": postbox.url}


def test_no_script_and_no_other_origin_has_the_session_and_all_tabs_have_the_same(
    app: AppPage, service: Service, postbox: Postbox
):
    service.register(email=EMAIL, password=PASSWORD)
    service.verify(postbox.code(EMAIL), EMAIL)

    # A browser that keeps no cookies is told so, and not that a session has ended.
    app.page.route("**/graphql", without_cookie)
    app.open_login()
    expect(app.page.get_by_role("status")).to_contain_text("Your browser has not kept the session.")
    app.page.unroute("**/graphql")

    # No script can read it.
    app.open_login()
    app.shows("Hello, Ada Lovelace")
    [cookie] = app.page.context.cookies()
    assert cookie["name"] == "__Host-connectx"
    assert app.page.evaluate("document.cookie") == ""
    stored = app.page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    assert str(cookie["value"]) not in stored

    # Another origin cannot use it, though the browser sends it along.
    with foreign_page() as url:
        foreign = app.page.context.new_page()
        with foreign.expect_request(f"{service.url}/graphql") as sent:
            foreign.goto(url)
            done = foreign.evaluate(ATTACK, f"{service.url}/graphql")
        foreign.close()
    assert done == ["refused", "opaque", "refused", "refused"]
    assert sent.value.method == "POST"
    app.page.reload()
    app.shows("Hello, Ada Lovelace")
    assert app.faults == []

    # All tabs have one session, and follow each other.
    other = AppPage(app.page.context.new_page(), service.url)
    other.open()
    other.shows("Hello, Ada Lovelace")
    other.press("Log out")
    app.shows("Log in")
    expect(app.page.get_by_role("status")).to_have_text(
        "Your session has ended. Please log in again."
    )

    # Neither a login nor what is left of the old session ends that of the other tab.
    for tab in (other, app):
        tab.fill(Email=EMAIL, Password=PASSWORD)
        tab.press("Log in")
        tab.shows("Hello, Ada Lovelace")
    for tab in (other, app):
        tab.page.reload()
        tab.shows("Hello, Ada Lovelace")
        expect(tab.page.get_by_role("listitem")).to_have_count(1)
    assert other.faults == []
