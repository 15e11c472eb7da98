"""What an operator is told, in a sentence, of what a command cannot do."""

import socket
import subprocess
from pathlib import Path
from subprocess import PIPE

import pytest
from harness.processes import COMMAND, connectx, refused_start


def test_a_data_folder_that_cannot_be_is_told_in_a_sentence(tmp_path: Path):
    file = tmp_path / "file"
    file.touch()

    create = ["tenants", "create", "Grace Church", "--policy", "church"]
    results = [connectx(*command, DATA_DIR=str(file)) for command in (["db", "upgrade"], create)]

    for result in [*results, refused_start(DATA_DIR=str(file))]:
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.startswith(f"CONNECTX_DATA_DIR: {file} cannot be the data folder: ")


def test_one_web_app_is_served_and_not_two(tmp_path: Path):
    result = refused_start("--web-app", "--web", str(tmp_path))

    assert result.returncode == 2
    assert "--web and --web-app exclude each other" in result.stderr


@pytest.mark.parametrize("page", [{}, {"VERIFY_URL": "https://app.example.com/verify"}], ids=str)
def test_a_mail_worker_needs_the_url_with_which_links_begin(data: Path, page: dict[str, str]):
    result = connectx("mail", "worker", DATA_DIR=str(data), SMTP_URL="smtp://127.0.0.1", **page)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "CONNECTX_PUBLIC_URL is required: links in mails begin with it.\n"


@pytest.mark.parametrize(
    "command",
    [
        ["users", "list"],
        ["users", "show", "ada@example.com"],
        ["users", "verify", "ada@example.com"],
        ["users", "export"],
        ["tenants", "list"],
        ["sessions", "revoke", "--all", "--yes"],
        ["mail", "list"],
        ["audit"],
        ["db", "status"],
        ["db", "sweep"],
    ],
    ids=" ".join,
)
def test_what_looks_into_a_database_makes_none(data: Path, command: list[str]):
    result = connectx(*command, DATA_DIR=str(data))

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        f"There is no database at {data}/connectx.sqlite3. CONNECTX_DATA_DIR or "
        "CONNECTX_DATABASE_URL says where it is; `connectx db upgrade` makes a new one.\n"
    )
    assert not data.exists()


@pytest.mark.parametrize(
    "command",
    [
        ["mail", "show", "nope"],
        ["mail", "retry", "nope"],
        ["sessions", "revoke", "nope"],
        ["users", "list", "--tenant", "nope"],
    ],
    ids=" ".join,
)
def test_what_is_no_id_is_told_in_a_sentence(data: Path, command: list[str]):
    result = connectx(*command, DATA_DIR=str(data))

    assert (result.returncode, result.stdout) == (2, "")
    assert "nope is not an id; ids look like" in result.stderr


def test_what_is_no_schema_is_told_in_a_sentence(tmp_path: Path):
    other = tmp_path / "notes.md"
    other.write_text("# Notes\n{")

    result = connectx("schema", "--since", str(other))

    assert (result.returncode, result.stdout) == (2, "")
    assert "is no GraphQL schema: Syntax Error" in " ".join(result.stderr.replace("│", "").split())
    assert "Traceback" not in result.stderr


def test_a_tenant_that_is_not_there_is_an_error(data: Path):
    connectx("db", "upgrade", DATA_DIR=str(data))

    result = connectx("tenants", "show", "nonsense", DATA_DIR=str(data))

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == ("There is no tenant nonsense. `connectx tenants list` lists them.\n")


@pytest.mark.parametrize(
    ("name", "policy", "message"),
    [
        ("", "church", "Name is required."),
        ("Grace Church", "chruch", "'chruch' is neither a preset (customer, church) nor the path"),
    ],
)
def test_a_tenant_that_cannot_be_is_refused_in_a_sentence(
    data: Path, name: str, policy: str, message: str
):
    result = connectx("tenants", "create", name, "--policy", policy, DATA_DIR=str(data))

    assert (result.returncode, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.replace("│", "").split())
    assert "Traceback" not in result.stderr


def test_each_line_about_a_bad_policy_names_the_setting_or_the_option_the_file_and_the_key(
    tmp_path: Path,
):
    file = tmp_path / "market.toml"
    file.write_text(
        'roles = ["buyer"]\ndefaultRole = "seller"\nverificationMethods = ["OTP"]\n'
        "passwordMinLength = 0"
    )
    create = ("tenants", "create", "Market", "--policy", str(file))

    by_setting = connectx("policies", POLICY=str(file))
    by_option = connectx(*create, DATA_DIR=str(tmp_path))

    for result, name in ((by_setting, "CONNECTX_POLICY"), (by_option, "--policy")):
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr == (
            f"{name}: {file}: defaultRole: takes one of roles (buyer)\n"
            f"{name}: {file}: passwordMinLength: takes a whole number from 1 to 1024\n"
        )


def test_a_database_that_cannot_be_reached_is_told_in_a_sentence(data: Path):
    result = connectx("tenants", "list", DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("The database cannot be used: ")
    assert "Traceback" not in result.stderr


def test_a_database_that_does_not_answer_is_named_without_its_user(data: Path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"127.0.0.1:{silent.getsockname()[1]}"
        url = f"postgres://ada:hunter2@{place}/shop?connect_timeout=1"
        result = connectx("db", "status", DATABASE_URL=url)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"The database cannot be used: {place} did not answer in time\n"


def test_an_outage_of_redis_is_not_told_as_one_of_the_database(data: Path):
    connectx("db", "upgrade", DATA_DIR=str(data))
    away = {"DATA_DIR": str(data), "RATE_LIMIT_URL": "redis://127.0.0.1:1"}
    result = connectx("users", "allow-mails", "ada@example.com", **away)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("CONNECTX_RATE_LIMIT_URL cannot be used: ")


def test_a_full_disk_under_the_output_is_not_taken_for_an_outage_of_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CONNECTX_DATA_DIR", str(tmp_path))
    connectx("db", "upgrade", DATA_DIR=str(tmp_path))

    with Path("/dev/full").open("wb") as full:
        listed = subprocess.run([COMMAND, "users", "list"], stdout=full, stderr=PIPE, check=False)

    assert listed.returncode == 2
    assert listed.stderr == b"Writing failed: No space left on device\n"
