"""How a built web app is served."""

from pathlib import Path

import pytest
from harness.service import Service, running
from harness.settings import environment

from server.http import security_headers
from server.settings import Settings, SettingsError

# What is served is the same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def app_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>An app</title>")
    (folder / "assets" / "app-4f5e.js").write_text("export {};")
    return folder


def test_the_app_is_the_page_at_the_root(settings: dict[str, str], app_folder: Path):
    with running(**settings, WEB_DIR=str(app_folder)) as service:
        answer = service.http.get("/")

    assert answer.status_code == 200
    assert answer.text == "<!doctype html><title>An app</title>"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-security-policy"] == security_headers.PAGE


def test_the_apps_hashed_files_are_kept_by_browsers(settings: dict[str, str], app_folder: Path):
    with running(**settings, WEB_DIR=str(app_folder)) as service:
        answer = service.http.get("/assets/app-4f5e.js")
        missing = service.http.get("/assets/app-0000.js")

    assert answer.text == "export {};"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert missing.status_code == 404
    assert "cache-control" not in missing.headers


def test_without_an_app_the_root_leads_to_graphiql_whatever_host_was_asked(service: Service):
    answer = service.http.get("/", headers={"host": "evil.example"})

    assert (answer.status_code, answer.headers["location"]) == (302, "/graphql")


def test_without_an_app_and_without_graphiql_the_root_says_where_the_api_is(
    settings: dict[str, str],
):
    with running(**settings, GRAPHIQL="off") as service:
        answer = service.http.get("/")

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == "The API is at /graphql: GraphQL over HTTP, by POST.\n"


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_a_folder_without_a_page_is_refused(database_url: str, tmp_path: Path, folder: str):
    chosen = tmp_path / folder

    with environment(WEB_DIR=str(chosen)), pytest.raises(SettingsError) as refused:
        Settings.read()

    assert str(refused.value) == (
        f"CONNECTX_WEB_DIR: takes a folder with an index.html, and {chosen} has none; "
        "`connectx serve --web-app` serves the one that comes with connectx"
    )
