"""Answers of before a change of the password, which come after it."""

from typing import Any

import pytest
from harness.mailbox import Mailbox
from harness.polling import eventually
from harness.service import Service
from harness.web_app_page import PASSWORD, AppPage, verified_account
from playwright.sync_api import Route, expect

# The app is the same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Held:
    """Questions who is logged in, each kept back in the browser until the test lets it go."""

    def __init__(self, app: AppPage) -> None:
        self.routes: list[Route] = []
        self.on = True
        self._app = app
        app.page.route("**/graphql", self._hold)

    def _hold(self, route: Route) -> None:
        if self.on and "query Viewer " in (route.request.post_data or ""):
            self.routes.append(route)
        else:
            route.continue_()

    def wait(self) -> Route:
        """The next question, which the page asks after it was hidden and shown."""
        self._app.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        # Playwright hears of requests while it waits for something of the page.
        eventually(lambda: self._app.page.title() and self.routes, "the question")
        return self.routes.pop()


def change_password(app: AppPage, old: str, new: str) -> None:
    app.press("Change password")
    app.fill(**{"Current password": old, "New password": new})
    app.press("Change password")
    region = app.page.get_by_role("region", name="Password", exact=True)
    expect(region.get_by_role("status")).to_contain_text("Your password is changed.")


def answer_with(service: Service, cookie: dict[str, Any]) -> str:
    """What the server tells the holder of a cookie who is logged in."""
    return service.http.post(
        "/graphql",
        json={"query": "query Viewer { viewer { id } }"},
        headers={"cookie": f"{cookie['name']}={cookie['value']}", "origin": service.url},
    ).text


def test_an_answer_to_the_cookie_of_before_logs_nobody_out(
    app: AppPage, service: Service, mailbox: Mailbox
):
    verified_account(service, mailbox)
    app.open_login()
    app.shows("Hello, Ada Lovelace")
    [old] = app.page.context.cookies()
    held = Held(app)
    question = held.wait()
    held.on = False
    change_password(app, PASSWORD, "another_password")
    told = answer_with(service, old)
    assert told == '{"data":{"viewer":null}}'

    with app.page.expect_response(
        lambda answer: (
            "query Viewer " in (answer.request.post_data or "")
            and answer.request != question.request
        )
    ):
        question.fulfill(body=told, content_type="application/graphql-response+json")

    app.shows("Hello, Ada Lovelace")
    expect(app.page.get_by_role("button", name="Change password")).to_be_visible()
    assert app.faults == []
