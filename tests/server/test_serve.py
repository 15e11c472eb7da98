"""How `connectx serve` starts, and when it does not."""

import socket
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import httpx
from harness.mailbox import Mailbox
from harness.polling import eventually
from harness.postgres import Cluster
from harness.processes import COMMAND, Process, connectx, refused_start, serving

from server.secret_key import keyring
from server.settings import Settings


def test_the_development_key_is_made_once_and_readable_by_its_owner_alone(data: Path):
    with serving(DATA_DIR=str(data)) as server:
        server.register()
        mailed = Mailbox(server).code("ada@example.com")
        server.stop()
    key = (data / "secret.key").read_text()

    with serving(DATA_DIR=str(data)) as server:
        verified = server.verify(mailed)

    assert stat.S_IMODE((data / "secret.key").stat().st_mode) == 0o600
    assert len(bytes.fromhex(key.strip())) == 32
    assert (data / "secret.key").read_text() == key
    assert verified["__typename"] == "VerifyEmailSuccess"


def test_processes_that_start_at_once_have_one_development_key(tmp_path: Path):
    def key(folder: Path) -> str:
        together.wait()
        return keyring(Settings(data_dir=folder)).newest

    for number in range(20):
        folder = tmp_path / str(number)
        together = Barrier(8)
        with ThreadPoolExecutor(8) as pool:
            keys = set(pool.map(key, [folder] * 8))

        assert len(keys) == 1
        assert [path.name for path in folder.iterdir()] == ["secret.key"]


def test_a_spoilt_development_key_is_not_replaced(data: Path):
    data.mkdir()
    (data / "secret.key").write_text("short")

    result = refused_start(DATA_DIR=str(data))

    assert result.returncode == 2
    assert result.stderr.startswith(f"{data / 'secret.key'} does not hold a key.")
    assert (data / "secret.key").read_text() == "short"


def test_several_workers_are_refused_on_sqlite_with_the_reason(data: Path):
    result = refused_start("--workers", "2", DATA_DIR=str(data))

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "--workers must be 1 with SQLite, which only one process at a time can write to. "
        "For more workers, set CONNECTX_DATABASE_URL to a PostgreSQL database.\n"
    )


def test_postgresql_without_a_key_is_refused_and_told_how_to_make_one(data: Path, cluster: Cluster):
    result = refused_start(DATA_DIR=str(data), DATABASE_URL=cluster.url("migrated"))

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "CONNECTX_SECRET_KEY is required with this database. "
        "Make one with `connectx secret-key`, and give it to every node.\n"
    )
    assert not (data / "secret.key").exists()


WRONG = {
    "DATABASE_URL": "mysql://root:hunter2@localhost/app",
    "SECRET_KEY": "hunter2",
    "SMTP_URL": "smtp://me:hunter2@",
    "MAIL_FROM": "nobody",
    "PUBLIC_URL": "example.com",
    "VERIFY_URL": "ftp://example.com",
    "POLICY": "chruch",
    "RATE_LIMITS": "maybe",
    "CORS_ORIGINS": "https://example.com/path",
    "GRAPHIQL": "2",
    "INTROSPECTION": "yes",
    "LIMIT_LOGIN_CLIENT": "lots",
    "HASHING_QUEUE": "6",
    "HASHING_WAIT": "-1",
    "SMPT_URL": "smtp://localhost",
    "mail_form": "ada@example.com",
}


def test_every_wrong_setting_names_itself_and_what_it_takes():
    result = refused_start(**WRONG)

    lines = dict(line.split(": ", 1) for line in result.stderr.splitlines())
    assert (result.returncode, result.stdout) == (2, "")
    assert lines.keys() == {f"CONNECTX_{name}" for name in WRONG}
    assert lines["CONNECTX_SMPT_URL"] == "there is no such setting; did you mean CONNECTX_SMTP_URL?"
    assert lines["CONNECTX_mail_form"].endswith("did you mean CONNECTX_MAIL_FROM?")
    assert "sqlite:// or postgres://" in lines["CONNECTX_DATABASE_URL"]
    assert "at least 32 characters" in lines["CONNECTX_SECRET_KEY"]
    assert "smtp://user:password@host:587" in lines["CONNECTX_SMTP_URL"]
    assert "https://example.com" in lines["CONNECTX_PUBLIC_URL"]
    assert "customer, church" in lines["CONNECTX_POLICY"]
    assert "10/hour" in lines["CONNECTX_LIMIT_LOGIN_CLIENT"]
    assert "CONNECTX_HASHING_WAIT" in lines["CONNECTX_HASHING_QUEUE"]
    for switch in ("RATE_LIMITS", "GRAPHIQL", "INTROSPECTION"):
        assert lines[f"CONNECTX_{switch}"] == "Input should be 'on' or 'off'"
    assert "hunter2" not in result.stderr


def test_every_command_refuses_wrong_settings_alike():
    result = connectx("tenants", "list", RATE_LIMITS="maybe")

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "CONNECTX_RATE_LIMITS: Input should be 'on' or 'off'\n"


def test_a_server_ends_when_it_is_asked_to(data: Path):
    with serving(DATA_DIR=str(data)) as server:
        server.register()

        assert server.stop() == 0
        assert "Traceback" not in server.output()


def test_a_taken_port_is_told_in_a_sentence_before_anything_is_made(data: Path):
    with serving(DATA_DIR=str(data)) as server:
        port = httpx.URL(server.url).port
        nowhere = data.with_name("nowhere")
        result = connectx("serve", "--port", str(port), DATA_DIR=str(nowhere))

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        f"Port {port} of 127.0.0.1 is taken. Choose another, for example --port {port + 1}.\n"
    )
    assert not nowhere.exists()


def test_a_port_that_is_taken_while_a_server_starts_ends_it_with_the_same_sentence(data: Path):
    with closing(socket.socket()) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        with Process(COMMAND, "serve", "--port", str(port), DATA_DIR=str(data)) as server:
            eventually(lambda: "connectx is starting" in server.output(), "the start")
            other.listen()

            assert server.wait() == 2
            assert f"Port {port} of 127.0.0.1 is taken." in server.output()
            assert "Traceback" not in server.output()


def test_an_address_of_another_machine_is_told_in_a_sentence(data: Path):
    connectx("db", "upgrade", DATA_DIR=str(data))

    result = connectx("serve", "--host", "192.0.2.1", DATA_DIR=str(data))

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "Cannot listen on 192.0.2.1, port 8000: Cannot assign requested address.\n"
    )
