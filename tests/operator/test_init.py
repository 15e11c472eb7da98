"""`connectx init`: the files of a deployment, each accepted by the program that reads it."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from harness.nginx import configuration, nginx
from harness.processes import COMMAND, connectx, serving
from harness.tools import find_tool

NAMES = {".env", "policy.toml", "connectx.service", "nginx.conf", "Caddyfile"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # A path that has the example's name in it.
    folder = tmp_path_factory.mktemp("init") / "accounts.example.com" / "conf"
    done = connectx("init", str(folder), "--public-url", "https://login.grace.example/")
    assert done.returncode == 0, done.stderr
    assert f"{COMMAND} serve --env-file {folder}/.env\n" in done.stdout
    return folder


def accepted(*command: str | Path) -> str:
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout + run.stderr


def test_the_files_name_the_address_and_only_the_owner_reads_the_key(folder: Path):
    modes = {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}
    texts = {name: (folder / name).read_text() for name in NAMES}
    ours = texts[".env"] + texts["connectx.service"]

    assert modes == {**dict.fromkeys(NAMES, 0o644), ".env": 0o600}
    assert folder.stat().st_mode & 0o777 == 0o755
    assert re.search(r"^CONNECTX_SECRET_KEY=[0-9a-f]{64}$", texts[".env"], re.MULTILINE)
    for name in (".env", "nginx.conf", "Caddyfile"):
        assert "login.grace.example" in texts[name]
    assert f"CONNECTX_POLICY={folder}/policy.toml\n" in ours
    assert f"EnvironmentFile={folder}/.env\n" in ours
    assert f"ExecStart={COMMAND} serve " in ours


def test_a_server_starts_with_the_settings_and_those_of_the_comments_are_settings(
    folder: Path, tmp_path: Path
):
    env = folder / ".env"
    with serving("--env-file", str(env), DATA_DIR=str(tmp_path)) as server:
        assert server.register()["__typename"] == "RegisterSuccess"

    full = tmp_path / "full.env"
    full.write_text(re.sub("^# (CONNECTX_)", r"\1", env.read_text(), flags=re.MULTILINE))
    listed = connectx("--env-file", str(full), "policies", "--json")
    assert listed.returncode == 0, listed.stderr


def test_the_policy_is_the_preset_customer_with_every_line_in_it(folder: Path):
    source = str(folder / "policy.toml")
    policies = json.loads(connectx("policies", "--json", POLICY=source).stdout)["policies"]
    customer, own = policies[0], policies[2]

    assert {**own, "name": "customer"} == customer
    lines = set(re.findall(r"^(\w+) = ", Path(source).read_text(), re.MULTILINE))
    assert lines == set(customer) - {"name", "profile"}


def test_what_is_there_is_not_written_over(folder: Path, tmp_path: Path):
    (tmp_path / "policy.toml").write_text("mine")

    again = connectx("init", str(folder))
    beside = connectx("init", str(tmp_path))

    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.startswith(f"{folder} has .env, policy.toml, ")
    assert beside.stderr == f"{tmp_path} has policy.toml already. Nothing was written.\n"
    assert [file.name for file in tmp_path.iterdir()] == ["policy.toml"]


@pytest.mark.parametrize("url", ["http://a.example", "https://a.example/x", "https://a.example;"])
def test_an_address_that_is_not_https_and_a_name_is_refused(tmp_path: Path, url: str):
    refused = connectx("init", str(tmp_path), "--public-url", url)

    assert refused.returncode == 2
    assert "takes https:// and a name, such as" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_a_configuration_would_read_otherwise_is_refused(tmp_path: Path):
    refused = connectx("init", str(tmp_path / "a b"))

    assert refused.returncode == 1
    assert "systemd and nginx take paths of letters, digits and" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_systemd_accepts_the_unit(folder: Path):
    verify = find_tool("systemd-analyze", get="apt-get install systemd")

    assert accepted(verify, "verify", folder / "connectx.service") == ""


def test_nginx_accepts_its_file(folder: Path, tmp_path: Path):
    command = nginx()
    main = configuration(tmp_path, port=8443, upstream=8000, file=folder / "nginx.conf")

    assert "[warn]" not in accepted(command, "-t", "-p", tmp_path, "-c", main)


def test_caddy_accepts_its_file(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    caddy = find_tool("caddy", get="apt-get install caddy")
    monkeypatch.setenv("HOME", str(tmp_path))

    said = accepted(caddy, "validate", "--config", folder / "Caddyfile", "--adapter", "caddyfile")
    assert '"level":"warn"' not in said
