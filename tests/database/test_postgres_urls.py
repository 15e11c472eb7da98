"""What a database URL may say, and what an operator is told of one that is wrong."""

from pathlib import Path

import pytest
from harness.certificates import self_signed
from harness.postgres import Cluster, oldest
from harness.processes import connectx

from models.postgres_url import parse_postgres_url
from server.settings import Settings, SettingsError

_NAMES = "host, port, target_session_attrs, connect_timeout, sslmode, sslrootcert, sslcert, sslkey"


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("postgres://user@host1,host2:5433/db", ["host1:5432", "host2:5433"]),
        ("postgres://user@h1:1,h2:2/db?connect_timeout=3", ["h1:1", "h2:2"]),
        ("postgresql://[::1]:7,localhost/db", ["::1:7", "localhost:5432"]),
        ("postgres:///db?host=/run/postgresql", ["/run/postgresql"]),
        ("postgres://%2Frun%2FPostgres/db", ["/run/Postgres"]),
        ("postgres:///db?host=h1,h2&port=1,2", ["h1:1", "h2:2"]),
        ("postgres:///db?host=h1,h2&port=3", ["h1:3", "h2:3"]),
        ("postgres://a:p@h:word@host/db", ["host:5432"]),
        ("postgres:///db", ["localhost:5432"]),
    ],
)
def test_a_url_names_one_or_more_servers(url: str, hosts: list[str]):
    assert [str(host) for host in parse_postgres_url(url).hosts] == hosts


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("host/db?sslmod=require", "not sslmod"),
        ("host/db?options=-cfoo%3Dsecret-42", "not options"),
        ("host/db?foo", "not foo"),
        ("host/db?sslmode=yes", "sslmode of a database URL takes one of disable, allow, prefer"),
        ("host/db?target_session_attrs=standby", "takes one of read-write, primary, any"),
        ("host/db?connect_timeout=soon", "connect_timeout of a database URL takes whole seconds"),
        ("host/db?connect_timeout=0", "connect_timeout of a database URL takes whole seconds"),
        ("host/db?statement_cache_size=all", "statement_cache_size of a database URL takes"),
        ("host/db?sslrootcert=/nowhere.pem", "sslrootcert of a database URL cannot be used: No"),
        ("host/db?sslkey=/nowhere.pem", "needs sslcert as well"),
        ("host:http/db", "a port of a database URL is not a number"),
        ("h1,h2,h3/db?port=1,2", "one port, or one for each host"),
    ],
)
def test_a_wrong_url_is_told_by_its_part_and_without_the_password(
    monkeypatch: pytest.MonkeyPatch, rest: str, told: str
):
    monkeypatch.setenv("CONNECTX_DATABASE_URL", f"postgres://me:secret-42@{rest}")

    with pytest.raises(SettingsError) as error:
        Settings.read()

    assert str(error.value).startswith("CONNECTX_DATABASE_URL: ")
    assert told in str(error.value)
    assert "secret-42" not in str(error.value)


@pytest.mark.parametrize(
    "password",
    ["secret?42", "secret#42", "secret/42", "secret?42=1&x", "secret\uff1a42", "[secret42"],
)
def test_a_password_that_is_not_encoded_is_not_shown_but_explained(
    monkeypatch: pytest.MonkeyPatch, password: str
):
    monkeypatch.setenv("CONNECTX_DATABASE_URL", f"postgres://me:{password}@host/db")

    with pytest.raises(SettingsError) as error:
        Settings.read()

    assert "%3F" in str(error.value)
    assert "secret" not in str(error.value)
    assert "42" not in str(error.value)


def test_an_unknown_option_ends_a_command_with_exit_code_2():
    answer = connectx("db", "status", DATABASE_URL="postgres://me:secret-42@host/db?sslmod=no")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert _NAMES in answer.stderr
    assert "secret-42" not in answer.stderr


def test_certificates_are_checked_on_both_sides(tmp_path: Path):
    cluster = Cluster(programs=oldest())
    ours, stranger = tmp_path / "shop.pem", tmp_path / "stranger.pem"
    self_signed(ours, name="shop")
    self_signed(stranger, name="shop")
    server = tmp_path / "server.pem"
    self_signed(server)
    kept, known = cluster.keep(server.read_bytes()), cluster.keep(ours.read_bytes())
    rules = cluster.keep(
        b"hostssl all shop 127.0.0.1/32 cert\nhostnossl all shop all reject\n"
        b"host all postgres 127.0.0.1/32 trust\n"
    )
    cluster.start(
        options=f"-c ssl=on -c ssl_cert_file={kept} -c ssl_key_file={kept} "
        f"-c ssl_ca_file={known} -c hba_file={rules}"
    )
    try:
        cluster.execute("CREATE ROLE shop LOGIN")

        def answer(root: Path, certificate: Path) -> tuple[int, str]:
            options = f"sslmode=verify-full&sslrootcert={root}&sslcert={certificate}"
            url = (
                f"postgres://shop@127.0.0.1:{cluster.port}/postgres?{options}&sslkey={certificate}"
            )
            told = connectx("db", "status", DATABASE_URL=url)
            return told.returncode, told.stderr

        assert answer(server, ours) == (1, ""), "it connects, and migrations are pending"
        for root, certificate in ((stranger, ours), (server, stranger)):
            code, message = answer(root, certificate)
            assert (code, "Traceback" in message) == (2, False)
            assert message.startswith("The database cannot be used: ")
    finally:
        cluster.stop("immediate")
