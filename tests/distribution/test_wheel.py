"""The wheel and the sdist of `make dist`, and connectx installed from the wheel."""

import os
import re
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from zipfile import ZipFile

import pytest
from harness.distribution import Built, build_from, installed
from harness.mailbox import Mailbox
from harness.paths import ROOT
from harness.processes import Server, serving
from harness.readme import examples, tour

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory, archives: Built) -> Path:
    return installed(archives.wheel, tmp_path_factory.mktemp("environment"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder: a clone is neither here nor above it."""
    return tmp_path_factory.mktemp("empty")


@pytest.fixture(scope="module")
def server(programs: Path, folder: Path) -> Iterator[Server]:
    with serving("--web-app", program=str(programs / "connectx"), cwd=folder) as server:
        yield server


def test_the_wheel_holds_every_file_of_the_packages_and_both_built_apps(archives: Built):
    names = set(ZipFile(archives.wheel).namelist())
    packages = ("accounts", "graph", "languages", "mail", "models", "server")
    listed = ["git", "-C", ROOT, "ls-files", *packages]
    tracked = subprocess.run(listed, check=True, capture_output=True, text=True).stdout.split()
    explorer, web_app = ROOT / "graph/explorer/dist", ROOT / "clients/web/dist"

    # The explorer's sources, and what `make messages` reads, are for a clone.
    needed = {name for name in tracked if not name.startswith("graph/explorer/")}
    needed -= {"languages/babel.cfg"}
    needed |= {f"graph/explorer/dist/{name}" for name in files_in(explorer)}
    needed |= {f"server/web/{name}" for name in files_in(web_app)}
    assert {name for name in names if ".dist-info/" not in name} == needed


def files_in(folder: Path) -> list[str]:
    found = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert "index.html" in found
    return found


def test_the_sdist_gives_the_same_wheel_byte_by_byte_and_none_without_a_page(
    archives: Built, tmp_path: Path
):
    with tarfile.open(archives.sdist) as archive:
        archive.extractall(tmp_path / "sources", filter="data")
    (sources,) = (tmp_path / "sources").iterdir()

    assert build_from(sources, tmp_path).returncode == 0
    assert (tmp_path / archives.wheel.name).read_bytes() == archives.wheel.read_bytes()
    for page, name in (
        ("clients/web/dist/index.html", "the web app"),
        ("graph/explorer/dist/index.html", "GraphiQL"),
    ):
        (sources / page).rename(sources / "elsewhere")
        refused = build_from(sources, tmp_path)
        (sources / "elsewhere").rename(sources / page)

        assert refused.returncode != 0
        assert f"connectx cannot be packed without {name}" in refused.stderr
        assert "`make dist` builds all that is needed" in refused.stderr


def test_the_readmes_tour_works_in_an_empty_folder(server: Server, folder: Path, programs: Path):
    register, verify, login, viewer, church = tour()
    [forget] = examples("Forgotten passwords", page="docs/accounts.md")
    mailbox = Mailbox(server)

    def said(block: tuple[str, str], *, token: str | None = None, **replaced: str) -> Any:
        """The answer to a block of GraphQL in which a reader has replaced what they are told to."""
        language, text = block
        assert language == "graphql"
        for placeholder, value in replaced.items():
            assert placeholder in text
            text = text.replace(placeholder, value)
        body = server.execute(text, token=token)
        assert "errors" not in body, body
        return next(iter(body["data"].values()))

    def printed(block: tuple[str, str]) -> str:
        """What a block of commands prints in a terminal in the same folder."""
        language, text = block
        assert language == "sh"
        path = os.pathsep.join([str(programs), os.environ["PATH"]])
        return subprocess.run(
            ["bash", "-euc", text.replace("http://127.0.0.1:8000", server.url)],
            cwd=folder,
            env={**os.environ, "PATH": path},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    ada, joan = register
    assert said(ada)["__typename"] == "RegisterSuccess"
    assert said(ada)["__typename"] == "EmailAlreadyExistsError"
    short = said(ada, **{"ada@example.com": "al@example.com", "secure_password": "short"})
    assert [each["__typename"] for each in short["errors"]] == ["PasswordTooShortError"]
    assert "RegisterSuccess" in printed(joan)
    verified = said(*verify, **{"123456": mailbox.code("ada@example.com")})
    assert verified["user"]["isVerified"] is True
    token = said(*login)["accessToken"]
    assert said(*viewer, token=token)["name"] == "Ada Lovelace"
    assert said(forget)["__typename"] == "PasswordResetRequested"
    mailbox.newest("ada@example.com", count=2)

    create, grace = church
    registered = said(grace, **{"<id>": printed(create).strip()})
    assert registered["verification"]["methods"] == ["LINK"]
    assert server.verify_by_link(mailbox.token("grace@example.com"))["user"]["isVerified"] is True
    assert [file.name for file in folder.iterdir()] == ["data"]


def test_all_pages_and_their_files_answer_in_an_empty_folder(server: Server):
    pages = (
        "/",
        "/graphql",
        "/mailbox",
        "/verify",
        "/reset-password",
        "/secure-account",
        "/confirm-email-change",
        "/undo-email-change",
        "/cancel-account-deletion",
        "/disown-registration",
    )
    for page in pages:
        answer = server.http.get(page, headers={"accept": "text/html"})
        assert (page, answer.status_code) == (page, 200)
        assert "has not been built" not in answer.text
        files = [
            urljoin(page, name)
            for name in re.findall(r'(?:src|href)="(?!data:)([^"#]+)"', answer.text)
        ]
        assert files
        for file in files:
            assert (file, server.http.get(file, follow_redirects=True).status_code) == (file, 200)
