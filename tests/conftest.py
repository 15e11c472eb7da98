import os
import ssl
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from harness.certificates import self_signed
from harness.markers import markers
from harness.operator_commands import Run, told
from harness.policies import policy_file
from harness.postbox import Postbox
from harness.postgres import IS_OLDEST
from harness.service import Clock, Service, running
from harness.settings import SECRET_KEY
from hypothesis import settings as hypothesis_settings

pytest_plugins = [
    "harness.browser_fixtures",
    "harness.controlled_fixtures",
    "harness.database_fixtures",
]

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


def _listening() -> Iterator[Postbox]:
    """A mail server that keeps what it is sent."""
    postbox = Postbox()
    postbox.start()
    yield postbox
    postbox.stop()


postbox = pytest.fixture(_listening)
shared_postbox = pytest.fixture(scope="module")(_listening)
"""The same for all tests of a file, as their server is."""


@pytest.fixture
def settings(
    request: pytest.FixtureRequest, database_url: str, postbox: Postbox, tmp_path: Path
) -> dict[str, str]:
    """What `service` is started with, and what the marker `settings` adds to it.

    Its None removes a setting, and its policy of several lines becomes a file with that text.
    """
    settings: dict[str, str | None] = {
        "DATABASE_URL": database_url,
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": SECRET_KEY,
        "SMTP_URL": postbox.url,
    }
    for marker in reversed([*request.node.iter_markers("settings")]):  # the innermost wins
        settings |= marker.kwargs
    policy = settings.get("POLICY") or ""
    if "\n" in policy:
        settings["POLICY"] = policy_file(tmp_path, policy)
    return {name: value for name, value in settings.items() if value is not None}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


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
def token(verified: Service) -> str:
    """That of a session of Ada."""
    return verified.login()["accessToken"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def connect(settings: dict[str, str]) -> Run:
    """Runs a command on the database of `service`, and gives the JSON that it printed."""
    return partial(told, **settings)
