"""The web app in a browser, as a person uses it."""

import fcntl
import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from harness.browser import origin
from harness.mailbox import Mailbox
from harness.paths import ROOT
from harness.service import Clock, Service
from harness.tools import find_tool
from playwright.sync_api import Page, expect

from server.settings import PREFIX

SOURCES = ROOT / "clients" / "web"
EMAIL = "ada@example.com"
PASSWORD = "secure_password"
OFTEN = {"LIMIT_RESEND_ADDRESS": "10/second", "LIMIT_LOGIN_ADDRESS_AND_CLIENT": "50/hour"}
"""Settings for somebody who logs in and asks for mails more often than people do."""


class RunningClock(Clock):
    """Time as it passes, for pages that count it down; a test may add to it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def advance(self, **duration: float) -> None:
        self.ahead += timedelta(**duration)


class AppPage:
    """One tab with the app. It keeps what the page asked for, and what went wrong in it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.origins: set[str] = set()
        self.faults: list[str] = []
        page.context.on("request", lambda request: self.origins.add(origin(request.url)))
        # A violation of the Content-Security-Policy is a console error too.
        page.on("console", lambda said: self.faults.append(said.text) if _bad(said.type) else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def open(self, address: str = "/") -> None:
        self.page.goto(f"{self.url}{address}")

    def shows(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        expect(self.page).to_have_title(re.compile(f"^{re.escape(title)}( – .+)?$"))

    def field(self, label: str) -> Any:
        return self.page.get_by_role("textbox", name=label, exact=True)

    def fill(self, **typed: str) -> None:
        """What a person types into the fields with these labels."""
        for label, text in typed.items():
            self.field(label).fill(text)

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def follow(self, link: str) -> None:
        self.page.get_by_role("link", name=link, exact=True).click()

    def register(self, **changed: str) -> None:
        """Fills the customer's form and sends it."""
        self.open()
        self.fill(**{"Name": "Ada Lovelace", "Email": EMAIL, "Password": PASSWORD, **changed})
        self.press("Create account")

    def open_login(self, password: str = PASSWORD) -> None:
        """Logs in from a tab that knows nothing yet."""
        self.open("/#/login")
        self.fill(Email=EMAIL, Password=password)
        self.press("Log in")

    def log_in(self, password: str = PASSWORD) -> None:
        """From the login screen, with the address that is in the field already."""
        expect(self.field("Email")).to_have_value(EMAIL)
        self.fill(Password=password)
        self.press("Log in")


def built_app(run: Path) -> Path:
    """The folder that `connectx serve --web` takes, built from the sources once in a test run.

    `run` is a folder that all processes of the test run share. A second build would empty the
    folder while the servers of other processes start.
    """
    beside_python = str(Path(sys.executable).parent / "npm")
    find_tool("npm", beside_python, get="apt-get install npm, or `make web` gets it from PyPI")
    built = run / "web-app-is-built"
    with (SOURCES / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            subprocess.run([sys.executable, ROOT / "clients" / "build.py", SOURCES], check=True)
            built.touch()
    return SOURCES / "dist"


def verified_account(service: Service, mailbox: Mailbox) -> None:
    """Ada has registered, and entered her code."""
    service.register(email=EMAIL, password=PASSWORD)
    service.verify(mailbox.code(EMAIL), EMAIL)


def part_says(app: AppPage, part: str, news: str) -> None:
    region = app.page.get_by_role("region", name=part, exact=True)
    expect(region.get_by_role("status")).to_have_text(news)
    expect(region.get_by_role("heading")).to_be_focused()


def change_database(settings: dict[str, str], statement: str) -> None:
    with sqlite3.connect(settings["DATABASE_URL"].removeprefix("sqlite://")) as connection:
        connection.execute(statement)
    connection.close()


def new_tenant(name: str, policy: str, settings: dict[str, str]) -> str:
    """The id of a tenant, created as an operator creates it."""
    command = "from server.cli import main; main()"
    created = subprocess.run(
        [sys.executable, "-c", command, "tenants", "create", name, "--policy", policy],
        env={**os.environ, f"{PREFIX}DATABASE_URL": settings["DATABASE_URL"]},
        capture_output=True,
        text=True,
        check=True,
    )
    return created.stdout.strip()


def _bad(kind: str) -> bool:
    return kind in {"error", "warning"}
