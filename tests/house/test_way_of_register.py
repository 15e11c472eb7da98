"""How many of the project's files a registration passes, from the ASGI application to its answer.

Those of uvicorn's protocol in `server/edge/`, which every request passes before, are not counted.
"""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import httpx
import pytest
from harness.paths import OPERATIONS, ROOT
from harness.settings import CHEAP_HASHES, ROOMY, environment
from starlette.types import ASGIApp

from server.app import application
from server.settings import Settings

PACKAGES = ("accounts", "graph", "languages", "mail", "models", "server")
REGISTER = (OPERATIONS / "register.graphql").read_text()


class Trace:
    """The project's files in which a function was called while the block ran, in that order."""

    def __init__(self) -> None:
        self.files: dict[str, None] = {}
        self._background: set[asyncio.Task[Any]] = set()

    def __enter__(self) -> dict[str, None]:
        # Tasks that the server's start has begun, such as the hourly sweep, run at any moment.
        self._background = asyncio.all_tasks() - {asyncio.current_task()}
        threading.setprofile(self._called)
        sys.setprofile(self._called)
        return self.files

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)
        threading.setprofile(None)

    def _called(self, frame: FrameType, event: str, _: object) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and path.is_relative_to(ROOT) and not self._is_background():
            name = str(path.relative_to(ROOT))
            if name.startswith(PACKAGES):
                self.files[name] = None

    def _is_background(self) -> bool:
        try:
            return asyncio.current_task() in self._background
        except RuntimeError:  # a thread without an event loop
            return False


@asynccontextmanager
async def lifespan(app: ASGIApp) -> AsyncIterator[None]:
    """The application's lifespan, as a server runs it."""
    told: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    answers: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
    running = asyncio.create_task(app({"type": "lifespan", "state": {}}, told.get, answers.put))
    await told.put({"type": "lifespan.startup"})
    assert (await answers.get())["type"] == "lifespan.startup.complete"
    yield
    await told.put({"type": "lifespan.shutdown"})
    await running


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_registration_passes_at_most_30_files(settings: dict[str, str]):
    with environment(**CHEAP_HASHES, **ROOMY, **settings, DELIVERY="off"):
        app = application(Settings.read(), public_url="http://localhost")
    transport = httpx.ASGITransport(app)
    async with (
        lifespan(app),
        httpx.AsyncClient(transport=transport, base_url="http://localhost") as http,
    ):
        for name in ("first", "second"):  # the first one fills caches
            given = {"name": "Ada", "email": f"{name}@example.com", "password": "secure_password"}
            body = {"query": REGISTER, "variables": {"input": given}}
            with Trace() as files:
                answer = await http.post("/graphql", json=body)
            assert answer.json()["data"]["register"]["__typename"] == "RegisterSuccess"

    print(f"{len(files)} files:", *files, sep="\n  ")  # noqa: T201 - shown by -s
    assert len(files) <= 30
