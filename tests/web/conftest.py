from pathlib import Path

import pytest
from harness.mailbox import Mailbox
from harness.service import Service
from harness.verify_page import ADDRESS
from harness.web_app_page import EMAIL, PASSWORD, AppPage, RunningClock, verified_account
from playwright.sync_api import Page


@pytest.fixture
def clock() -> RunningClock:
    """Time that passes, as pages count it down."""
    return RunningClock()


@pytest.fixture
def settings(request: pytest.FixtureRequest, settings: dict[str, str]) -> dict[str, str]:
    """Without a mail server: a browser's test reads codes where those of other projects do.

    With the web app for whoever asks for `app` or `served_app`.
    """
    without = {name: value for name, value in settings.items() if name != "SMTP_URL"}
    if "served_app" not in request.fixturenames:
        return without
    return {**without, "WEB_DIR": request.getfixturevalue("served_app")}


@pytest.fixture
def served_app(web_app: Path) -> str:
    """The folder of the built web app, which `service` serves."""
    return str(web_app)


@pytest.fixture
def mailbox(service: Service) -> Mailbox:
    """The mails of `service`."""
    return Mailbox(service)


@pytest.fixture
def link(service: Service, mailbox: Mailbox) -> str:
    """Ada is registered at a church, and this is her link."""
    service.register(role="member")
    return mailbox.link(ADDRESS)


@pytest.fixture
def app(page: Page, service: Service, served_app: str) -> AppPage:
    """The web app in a first visitor's tab."""
    return AppPage(page, service.url)


@pytest.fixture
def account(app: AppPage, service: Service, mailbox: Mailbox) -> AppPage:
    """Ada is logged in here, and twice elsewhere."""
    verified_account(service, mailbox)
    for _ in range(2):
        assert service.login(EMAIL, PASSWORD)["__typename"] == "LoginSuccess"
    app.open_login()
    app.shows("Hello, Ada Lovelace")
    return app


@pytest.fixture
def member(service: Service, mailbox: Mailbox) -> Service:
    """Ada is a verified member of a church, and links are what it mails."""
    service.register(role="member")
    service.verify_by_link(mailbox.token(ADDRESS))
    return service
