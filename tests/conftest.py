import asyncio
import os
import shutil
import ssl
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from harness.browser import chromium
from harness.certificates import self_signed
from harness.inbox import Postbox
from harness.markers import markers
from harness.operator_commands import Run, told
from harness.paths import ROOT
from harness.postgres import IS_OLDEST, Cluster
from harness.service import Clock, Service, running
from harness.smtp_server import PostOffice, post_office
from harness.web_app_page import AppPage, built_app
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page

from models.sql.database import connected
from models.upgrade import upgrade

SECRET_KEY = "k" * 32

_SMALL = {"services", "sessions", "streams", "transfer", "trusted", "verification"}
"""Folders of small files. Whatever begins last runs beside fewer and fewer others."""

# How long an example takes depends on what else the machine does.
hypothesis_settings.register_profile("connectx", deadline=None)
hypothesis_settings.load_profile("connectx")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two files more at a time than there are cores: almost half of their time, tests wait."""
    return len(os.sched_getaffinity(0)) + 2


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each test is marked with what it needs: see `harness.markers`.

    A run for the oldest PostgreSQL leaves out what does not use it.
    """
    for item in items:
        assert isinstance(item, pytest.Function)
        for name in markers(item):
            item.add_marker(name)
    items.sort(key=_place)  # the order stays otherwise
    if IS_OLDEST:
        others = [item for item in items if not _uses_postgres(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _uses_postgres(item)]


def _place(item: pytest.Item) -> int:
    """When a file begins. The longest one is first, and the soak runs beside no other long one."""
    match item.path.name:
        case "test_fuzz.py":
            return 0
        case "test_soak.py":
            return 2
    return 3 if item.path.parent.name in _SMALL else 1


def _uses_postgres(item: pytest.Item) -> bool:
    assert isinstance(item, pytest.Function)
    chosen = item.callspec.params.get("database_url") if hasattr(item, "callspec") else None
    return chosen == "postgres" or "cluster" in item.fixturenames


def _migrate(url: str) -> None:
    async def migrate() -> None:
        async with connected(url):
            await upgrade(url)

    # In a thread of its own: Playwright keeps a loop running in the one that tests run in.
    with ThreadPoolExecutor(max_workers=1) as threads:
        threads.submit(asyncio.run, migrate()).result()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL with a migrated database named `migrated`, to be copied."""
    cluster = Cluster()
    cluster.start()
    cluster.execute("CREATE DATABASE migrated")
    _migrate(cluster.url("migrated"))
    yield cluster
    cluster.stop("immediate")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    _migrate(f"sqlite://{path}")
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "connectx.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite://{path}"
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.new_database("migrated")
        yield url
        cluster.drop(url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one file only: its loop keeps asynchronous tests from running while it is open."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def web_app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built web app's folder."""
    own = tmp_path_factory.getbasetemp()
    return built_app(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def artifacts() -> Path:
    """Where tests leave what a person may want to look at afterwards."""
    folder = ROOT / "artifacts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    postbox = Postbox()
    postbox.start()
    yield postbox
    postbox.stop()


@pytest.fixture
def settings(database_url: str, postbox: Postbox, tmp_path: Path) -> dict[str, str]:
    """What `service` is started with; a test adds to it before it asks for more."""
    return {
        "DATABASE_URL": database_url,
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": SECRET_KEY,
        "SMTP_URL": postbox.url,
    }


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[None]:
    """The models, connected in an asynchronous test's own loop."""
    async with connected(database_url):
        yield


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    """A mail server whose behaviour a test chooses."""
    async with post_office() as office:
        yield office


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS, and the file of its self-signed certificate."""
    path = tmp_path / "server.pem"
    return self_signed(path), path


@pytest.fixture
def trusted(
    certificate: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch
) -> ssl.SSLContext:
    """The TLS of a server whose certificate this machine trusts."""
    context, path = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return context


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(settings: dict[str, str], clock: Clock) -> Iterator[Service]:
    with running(clock, **settings) as service:
        yield service


@pytest.fixture
def code(service: Service, postbox: Postbox) -> str:
    """Ada is registered, and this is what her mail says."""
    service.register()
    return postbox.code("ada@example.com")


@pytest.fixture
def verified(service: Service, code: str) -> Service:
    """Ada is registered and verified."""
    service.verify(code)
    return service


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def connect(settings: dict[str, str]) -> Run:
    """Runs a command on the database of `service`, and gives the JSON that it printed."""
    return partial(told, **settings)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A first visitor's tab."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def app(page: Page, service: Service) -> AppPage:
    """The web app in a first visitor's tab."""
    return AppPage(page, service.url)
