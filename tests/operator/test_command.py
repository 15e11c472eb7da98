"""The `connectx` command, in processes of its own."""

import json
import re
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

import pytest
from harness.database import rows
from harness.postgres import Cluster
from harness.processes import connectx


def test_help_names_every_command():
    result = connectx("--help")

    assert result.returncode == 0
    assert {"serve", "schema", "secret-key", "policies", "db", "tenants"} <= set(
        result.stdout.split()
    )


def test_it_tells_its_version():
    result = connectx("--version")

    assert (result.returncode, result.stdout) == (0, f"connectx {version('connectx')}\n")


def test_policies_prints_the_presets_and_the_deployments_own(tmp_path: Path):
    own = tmp_path / "market.toml"
    own.write_text(
        'roles = ["buyer"]\nverificationMethods = ["OTP"]\notpSeconds = 60\n'
        'passwordAt = "VERIFICATION"\nsessionIdleDays = 1\nnoticeNewLogins = true\n'
        "deletionDays = 0"
    )

    result = connectx("policies", POLICY=str(own))

    listed = json.loads(connectx("policies", "--json", POLICY=str(own)).stdout)

    assert listed["default"] == "market"
    assert [each["name"] for each in listed["policies"]] == ["customer", "church", "market"]
    assert listed["policies"][2]["otpSeconds"] == 60
    cells = [[cell.strip() for cell in line.split("│")] for line in result.stdout.splitlines()]
    assert result.returncode == 0
    assert [row[1:-1] for row in cells if len(row) > 1] == [
        ["roles", "customer", "pastor, member", "buyer"],
        ["default role", "customer", "none: role is required", "none: role is required"],
        ["name", "required", "optional", "required"],
        ["password", "8 to 128 characters", "6 to 128 characters", "8 to 128 characters"],
        ["password chosen", *["at the registration"] * 2, "at the verification"],
        ["verification", "six-digit OTP, 10 minutes", "link, 24 hours", "six-digit OTP, 1 minute"],
        ["existing accounts", "revealed", "revealed", "revealed"],
        ["disposable addresses", "accepted", "accepted", "accepted"],
        ["invited by", "forms do not ask", "forms ask", "forms do not ask"],
        [
            "sessions end",
            *["14 days unused, or 30 days"] * 2,
            "1 day unused, or 30 days",
        ],
        ["new logins", "no notices", "no notices", "notices"],
        ["deletion", "after 7 days", "after 7 days", "at once"],
        ["email changes", *["new address confirms"] * 3],
        ["profile", "none", "phone (required), birthday, address", "none"],
    ]


def test_tenants_are_created_listed_and_shown(data: Path):
    created = connectx(
        "tenants", "create", "Grace Church", "--policy", "church", DATA_DIR=str(data)
    )
    tenant = created.stdout.strip()
    listed = connectx("tenants", "list", DATA_DIR=str(data))
    shown = connectx("tenants", "show", tenant, DATA_DIR=str(data))

    assert (created.returncode, created.stderr) == (0, f"A new database: {data}/connectx.sqlite3\n")
    assert str(UUID(tenant)) == tenant
    assert re.search(rf"{tenant} +│ Grace Church +│ church", listed.stdout)
    assert tenant in shown.stdout
    assert re.search(r"roles +│ pastor, member", shown.stdout)


def test_the_embedded_database_is_its_owners_only(data: Path):
    connectx("db", "upgrade", DATA_DIR=str(data))

    modes = {file.stat().st_mode & 0o777 for file in data.iterdir()}
    assert (data.stat().st_mode & 0o777, modes) == (0o700, {0o600})


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_db_upgrade_brings_a_new_database_up_and_then_has_nothing_to_do(
    data: Path, request: pytest.FixtureRequest, kind: str
):
    if kind == "sqlite":
        url = f"sqlite://{data / 'connectx.sqlite3'}"
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.new_database()
        request.addfinalizer(lambda: cluster.drop(url))

    first = connectx("db", "upgrade", DATA_DIR=str(data), DATABASE_URL=url)
    second = connectx("db", "upgrade", DATA_DIR=str(data), DATABASE_URL=url)

    versions = [f"applied {row['version']}" for row in rows(url, "SELECT version FROM aerich")]
    assert first.returncode == second.returncode == 0
    assert first.stdout.splitlines() == versions
    assert second.stdout == "The schema is up to date.\n"
    assert rows(url, "SELECT * FROM users") == []


def test_secret_key_prints_a_key_of_256_bits_that_the_settings_take():
    key = connectx("secret-key").stdout.strip()

    result = connectx("policies", SECRET_KEY=key)

    assert len(bytes.fromhex(key)) == 32
    assert result.returncode == 0
