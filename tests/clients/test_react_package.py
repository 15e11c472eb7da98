"""clients/react, as it is packed: in an app that is not ours, and beside a newer schema."""

import json
import shutil
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from harness.mailbox import Mailbox
from harness.newer_schema import beside_a_grown_union
from harness.npm import CLIENTS, Package
from harness.paths import ROOT
from harness.service import Service
from harness.web_app_page import AppPage
from playwright.sync_api import Page, expect

# Without a mail server, pages of all local ports may use the API.
pytestmark = pytest.mark.settings(SMTP_URL=None)

# The package is the same whatever the database.
in_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

EMAIL = "ada@gmail.com"
PASSWORD = "a horse, a kettle"


@pytest.fixture
def package(web_app: Path) -> Package:
    """As it was built for the web app."""
    assert web_app.is_dir()
    return Package(CLIENTS / "react")


class Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Writes nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, on a port of its own: another origin than the server's."""
    handler = partial(Files, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def first_example(readme: Path) -> str:
    return readme.read_text().partition("```tsx\n")[2].partition("```")[0]


def built_club(package: Package, service: Service, to: Path) -> Path:
    """The example, with the packed package among the tools of the web app, and nothing else."""
    web, club = CLIENTS / "web", to / "club"
    shutil.copytree(package.folder / "example", club)
    # It is compiled as well.
    (club / "src" / "Readme.tsx").write_text(first_example(package.folder / "README.md"))
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(web / name, club)
    shutil.copytree(web / "node_modules", club / "node_modules", symlinks=True)
    packed = package.npm("pack", "--silent", "--pack-destination", str(to)).strip()
    app = Package(club)
    app.install(to / packed)
    app.run("build", VITE_CONNECTX_URL=service.url)
    return club / "dist"


def signs_up(club: AppPage) -> None:
    """By the form of the policy, after a slip of each kind."""
    heading = club.page.get_by_role("heading", level=2)
    expect(heading).to_have_text("Join the club")
    club.fill(Email="ada@gmail")
    club.press("Join")
    expect(club.field("Name")).to_be_focused()
    expect(club.page.locator("[aria-live=assertive]").first).to_have_text("Enter your name.")
    club.press(EMAIL)
    expect(club.field("Email")).to_have_value(EMAIL)
    expect(club.field("Email")).to_be_focused()
    club.fill(Name="Ada Lovelace", Email="ada@gmial.com", Password="lovelace1")
    expect(club.page.get_by_text("Weak: has your name")).to_be_visible()
    club.fill(Password=PASSWORD)
    expect(club.page.get_by_text("Good length")).to_be_visible()
    club.press("Join")
    expect(heading).to_have_text("Enter your code")
    club.follow(EMAIL)  # "Did you mean …?"
    expect(club.field("Email")).to_have_value(EMAIL)
    expect(club.field("Name")).to_have_value("Ada Lovelace")
    club.fill(Password=PASSWORD)
    button = club.page.get_by_role("button", name="Join", exact=True)
    expect(button).to_have_css("background-color", "rgb(122, 62, 0)")
    expect(button).to_have_css("text-transform", "uppercase")
    button.click()
    expect(club.page.get_by_text(f"code to {EMAIL}")).to_be_visible()


def pastes_the_code(club: AppPage, code: str) -> None:
    """With the sentence around it, as people mark it on a phone. Its last digit sends it."""
    inbox = club.page.get_by_role("link", name="Open Gmail")
    expect(inbox).to_have_attribute("href", "https://mail.google.com/")
    expect(inbox).to_have_attribute("rel", "noopener noreferrer")
    club.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sentence = f"Your code is {code[:3]} {code[3:]}."
    club.page.evaluate("text => navigator.clipboard.writeText(text)", sentence)
    club.field("Code").press("ControlOrMeta+V")
    greeting = club.page.get_by_role("heading", name="Good to see you, Ada Lovelace")
    expect(greeting).to_be_visible()


@in_sqlite
def test_an_app_of_another_design_signs_people_up_with_the_packed_package(
    service: Service, package: Package, page: Page, tmp_path: Path
):
    with served(built_club(package, service, tmp_path)) as url:
        club = AppPage(page, url)
        club.open()
        signs_up(club)
        pastes_the_code(club, Mailbox(service).code(EMAIL))
        assert page.context.cookies() == []
        assert "token" not in page.evaluate(
            "JSON.stringify({ ...sessionStorage, ...localStorage })"
        )
        # The token was in memory. The app's own form has only the hook of the package.
        page.reload()
        club.follow("Log in")
        club.fill(Address=EMAIL, Password="another horse")
        club.press("Enter")
        expect(page.get_by_role("alert")).to_have_text(
            "There is no account with this address and this password."
        )
        club.fill(Password=PASSWORD)
        club.press("Enter")
        expect(page.get_by_role("definition").get_by_text(EMAIL)).to_be_visible()
        expect(page.get_by_text("This device")).to_be_visible()
    assert club.faults == []


def test_the_package_has_the_version_of_the_server():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    package = json.loads((CLIENTS / "react" / "package.json").read_text())

    assert package["version"] == project["version"]


def test_what_needs_no_browser_is_as_its_tests_say(package: Package):
    assert "# fail 0" in package.run("test")


def test_a_new_member_of_a_union_does_not_compile(package: Package, tmp_path: Path):
    newer = Package(beside_a_grown_union(package.folder, tmp_path))
    newer.run("generate")

    told = newer.fail("check")

    assert told.count("error TS") == 1, told
    assert told.startswith("src/screens/useSignIn.ts(")
    assert "'{ __typename: \"SecondFactorRequired\"; }' is not assignable to" in told
