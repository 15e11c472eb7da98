"""Who may open the development mailbox: people on this machine, unless a setting says otherwise."""

import socket
import sys
from pathlib import Path

import httpx
import pytest
from harness.database import rows
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import free_port
from harness.processes import COMMAND, Process, connectx, serving

WAYS_OUT = ("Set CONNECTX_SMTP_URL", "set CONNECTX_MAILBOX=on", "set CONNECTX_MAILBOX=off")


@pytest.mark.parametrize(
    ("host", "address"), [("0.0.0.0", "0.0.0.0"), ("::", "::"), ("0", "0.0.0.0")]
)
def test_a_server_for_strangers_needs_a_mail_server_or_a_word_about_the_mailbox(
    data: Path, host: str, address: str
):
    result = connectx("serve", "--host", host, "--port", str(free_port()), DATA_DIR=str(data))

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(
        f"Without CONNECTX_SMTP_URL, /mailbox shows every code to everybody who reaches {address}. "
    )
    assert all(way in result.stderr for way in WAYS_OUT)
    assert not data.exists(), "nothing was made"


def test_a_name_counts_as_the_address_that_it_stands_for(data: Path):
    try:
        address = socket.gethostbyname(name := socket.gethostname())
    except OSError:
        pytest.skip("this machine's name has no address")

    command = (COMMAND, "serve", "--host", name, "--port", str(free_port()))
    process = Process(*command, DATA_DIR=str(data))
    with process:
        if address.startswith("127."):
            eventually(lambda: "Mailbox " in process.output(), "the start")
        else:
            assert process.wait() == 2


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "::1"])
def test_every_address_of_this_machine_alone_has_a_mailbox(data: Path, host: str):
    port = free_port()
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/mailbox"
    with Process(COMMAND, "serve", "--host", host, "--port", str(port), DATA_DIR=str(data)):
        eventually(lambda: _status(url) == 200, "the mailbox")


def test_a_mailbox_for_everybody_is_there_if_the_setting_says_so(data: Path):
    with serving("--host", "0.0.0.0", DATA_DIR=str(data), MAILBOX="on") as server:
        assert server.http.get("/mailbox").status_code == 200
        assert f"Mailbox   {server.url}/mailbox" in server.output()


@pytest.mark.parametrize("chosen", [{}, {"MAILBOX": "on"}], ids=["unset", "on"])
def test_a_server_for_strangers_that_sends_its_mails_starts_and_has_no_mailbox(
    data: Path, postbox: Postbox, chosen: dict[str, str]
):
    with serving("--host", "0.0.0.0", DATA_DIR=str(data), SMTP_URL=postbox.url, **chosen) as server:
        assert server.http.get("/mailbox").status_code == 404


@pytest.mark.parametrize("path", ["/mailbox", "/mailbox?partial", "/mailbox/api/v1/messages"])
def test_a_page_whose_name_leads_here_from_elsewhere_reads_no_mails(data: Path, path: str):
    url = {"PUBLIC_URL": "https://shop.example"}
    with serving(DATA_DIR=str(data), **url) as server:
        statuses = {
            name: server.http.get(path, headers={"host": name}).status_code for name in NAMES
        }

    assert statuses == NAMES


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://dev.example.com.", "dev.example.com"),
        ("https://DEV.example.com:8443", "dev.example.com:8443"),
        ("https://bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_a_browser_reaches_the_mailbox_under_the_servers_own_name(data: Path, url: str, sent: str):
    with serving(DATA_DIR=str(data), PUBLIC_URL=url) as server:
        assert server.http.get("/mailbox", headers={"host": sent}).status_code == 200


NAMES = {
    "127.0.0.1:8000": 200,
    "[::1]:8000": 200,
    "localhost:8000": 200,
    "LOCALHOST.": 200,
    "shop.localhost": 200,
    "host.docker.internal:8000": 200,
    "connectx:8000": 200,
    "shop.example": 200,
    "rebound.example": 421,
    "rebound.example:8000": 421,
    "127.0.0.1.rebound.example": 421,
    "localhost.rebound.example": 421,
    "shop.example.rebound.example": 421,
    "[::1": 421,
}
"""Who asks for the mailbox by a name, and what they get."""


def test_without_a_mailbox_and_a_mail_server_mails_wait_in_the_outbox(data: Path):
    with serving("--host", "0.0.0.0", DATA_DIR=str(data), MAILBOX="off") as server:
        server.register()
        output = server.output()

        assert server.http.get("/mailbox").status_code == 404
        assert server.http.get("/mailbox?partial").status_code == 404
        assert "Mails     wait for `connectx mail worker` (no CONNECTX_SMTP_URL)" in output
        assert server.stop() == 0
    database = f"sqlite://{data / 'connectx.sqlite3'}"
    mails = rows(database, "SELECT state, attempts FROM outgoing_mails")
    assert mails == [{"state": "queued", "attempts": 0}]


def test_another_asgi_server_which_does_not_tell_its_address_needs_the_setting(data: Path):
    port = str(free_port())
    uvicorn = (sys.executable, "-m", "uvicorn", "--factory", "server.asgi:from_environment")
    with Process(*uvicorn, "--port", port, DATA_DIR=str(data)) as process:
        assert process.wait() != 0
        assert "to everybody who reaches this server. " in process.output()
        assert all(way in process.output() for way in WAYS_OUT)

    data.mkdir()
    connectx("db", "upgrade", DATA_DIR=str(data))
    with Process(*uvicorn, "--port", port, DATA_DIR=str(data), MAILBOX="on"):
        eventually(lambda: _status(f"http://127.0.0.1:{port}/mailbox") == 200, "the mailbox")


def _status(url: str) -> int | None:
    try:
        return httpx.get(url).status_code
    except httpx.TransportError:
        return None
