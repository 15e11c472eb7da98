"""The services of `clients/` recognise people by the tokens that this server issues for them."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from harness.npm import CLIENTS, Package
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import free_port
from harness.processes import Process, Server, connectx, serving

Issue = Callable[[str], str]

PYTHON = CLIENTS / "service-python"
HASURA = PYTHON / "hasura.json"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with three audiences, whose people log in."""
    postbox = Postbox()
    postbox.start()
    settings = {"DATA_DIR": str(tmp_path_factory.mktemp("data")), "SMTP_URL": postbox.url}
    with serving(**settings) as server:
        for arguments in (["orders"], ["posts"], ["hasura", "--claims", str(HASURA)]):
            created = connectx("audiences", "create", *arguments, **settings)
            assert (created.returncode, created.stderr) == (0, "")
        server.register()
        server.verify(postbox.code("ada@example.com"))
        yield server
    postbox.stop()


@pytest.fixture
def session(server: Server) -> str:
    token: str = server.login()["accessToken"]
    return token


@pytest.fixture
def issue(server: Server, session: str) -> Issue:
    return lambda audience: server.run("issue_service_token", token=session, audience=audience)[
        "jwt"
    ]


@contextmanager
def started(kind: str, issuer: str) -> Iterator[str]:
    """The URL of one of the services."""
    port = str(free_port())
    if kind == "node":
        folder = Package(CLIENTS / "service-node").folder
        command = ["node", str(folder / "service.mjs")]
    else:
        uvicorn = str(Path(sys.executable).with_name("uvicorn"))
        command = [uvicorn, "service:app", "--app-dir", str(PYTHON), "--port", port]
    with Process(*command, environ={"CONNECTX_URL": issuer, "PORT": port}) as process:
        url = f"http://127.0.0.1:{port}"
        eventually(lambda: _answers(url) or not process.runs, "the service's start", patience=60)
        assert process.runs, process.output()
        yield url


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/orders").status_code in {401, 403}
    except httpx.TransportError:
        return False


def ask(url: str, token: str) -> httpx.Response:
    return httpx.get(f"{url}/orders", headers={"authorization": f"Bearer {token}"})


@pytest.mark.parametrize("kind", ["node", "python"])
def test_a_service_takes_tokens_for_itself_and_no_others(
    server: Server, session: str, issue: Issue, kind: str
):
    ours = issue("orders")
    header, claims, signature = ours.split(".")
    with started(kind, server.url) as url:
        answer = ask(url, ours)
        viewer = server.viewer(session)
        assert answer.json() == {"person": viewer["id"], "role": "customer", "orders": []}

        for wrong in (
            issue("posts"),
            session,
            "x",
            f"{header}.{claims}.{signature[:-4]}AAAA",
            f"{header}.{issue('posts').split('.')[1]}.{signature}",
        ):
            assert ask(url, wrong).status_code == 401


def test_hasura_finds_its_claims_in_a_token(server: Server, session: str, issue: Issue):
    def hasura(token: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(PYTHON / "hasura.py"), token],
            env={"CONNECTX_URL": server.url},
            capture_output=True,
            text=True,
            check=False,
        )

    read: dict[str, Any] = json.loads(hasura(issue("hasura")).stdout)

    assert read == {
        "x-hasura-user-id": server.viewer(session)["id"],
        "x-hasura-default-role": "customer",
        "x-hasura-allowed-roles": ["customer"],
    }
    assert "Audience doesn't match" in hasura(issue("orders")).stderr
