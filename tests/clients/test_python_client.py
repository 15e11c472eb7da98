"""clients/python, with the commands of its README."""

import hashlib
import os
import subprocess
from pathlib import Path

import pytest
from harness.distribution import make_environment
from harness.newer_schema import beside_a_grown_union
from harness.npm import CLIENTS
from harness.postbox import Postbox
from harness.service import Service

# What a client makes of an answer does not depend on the database.
sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def run(folder: Path, program: str, *arguments: str, code: int = 0, **environment: str) -> str:
    """What a program in the client's own environment prints, once it has ended with `code`."""
    command = [str(folder / ".venv" / "bin" / program), *arguments]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def client() -> Path:
    folder = CLIENTS / "python"
    locked = hashlib.sha256((folder / "requirements.txt").read_bytes()).hexdigest()
    installed = folder / ".venv" / ".installed"
    if not installed.exists() or installed.read_text() != locked:
        install = make_environment(folder / ".venv")
        install("--require-hashes", "-r", str(folder / "requirements.txt"))
        installed.write_text(locked)
    run(folder, "ariadne-codegen")
    return folder


@pytest.mark.slow
def test_the_generated_client_and_the_example_are_typed(client: Path):
    assert run(client, "mypy").startswith("Success: no issues found in ")


@pytest.mark.slow
@sqlite
def test_a_person_registers_verifies_and_logs_in(service: Service, postbox: Postbox, client: Path):
    def example(*arguments: str) -> str:
        return run(client, "python", "example.py", *arguments, CONNECTX_URL=service.url)

    registered = example("register", "Ada Lovelace", "ada@example.com", "secure_password")
    code = postbox.code("ada@example.com")
    again = example("register", "Ada Lovelace", "ada@example.com", "secure_password")
    verified = example("verify", "ada@example.com", code, "secure_password")

    assert registered == (
        "Registration successful. A verification code has been sent to your email address.\n"
    )
    assert again == "Email already exists. Log in instead?\n"
    assert verified == "Email verified successfully.\nada@example.com, verified: True\n"


@sqlite
def test_a_subscription_follows_a_verification_to_its_end(
    service: Service, postbox: Postbox, client: Path
):
    handle = service.register()["verification"]["id"]
    service.verify(postbox.code("ada@example.com"))

    told = run(client, "python", "example.py", "wait", handle, CONNECTX_URL=service.url)

    assert told == "VERIFIED\n"


@sqlite
def test_gql_sends_the_operations_without_generated_code(
    service: Service, postbox: Postbox, client: Path
):
    def example(*arguments: str) -> str:
        return run(client, "python", "gql_example.py", *arguments, CONNECTX_URL=service.url)

    registered = example("register", "Ada Lovelace", "ada@example.com", "secure_password")
    again = example("register", "", "ada@example.com", "short")
    service.verify(postbox.code("ada@example.com"))

    assert registered.startswith("Registration successful.")
    assert again == ("name: Name is required.\npassword: Password must be at least 8 characters.\n")
    assert example("login", "ada@example.com", "secure_password") == (
        "ada@example.com, verified: True\n"
    )


@sqlite
def test_rejected_fields_are_told_one_by_one(service: Service, client: Path):
    told = run(
        client, "python", "example.py", "register", "", "ada", "short", CONNECTX_URL=service.url
    )

    assert told == (
        "name: Name is required.\n"
        "email: An email address must have an @-sign.\n"
        "password: Password must be at least 8 characters.\n"
    )


@pytest.mark.slow
def test_mypy_names_the_match_whose_union_has_grown(client: Path, tmp_path: Path):
    newer = beside_a_grown_union(client, tmp_path)
    run(newer, "ariadne-codegen")

    told = run(newer, "mypy", code=1)

    assert told.startswith("example.py:")
    assert 'has incompatible type "LoginLoginSecondFactorRequired"' in told
    assert "Found 1 error in 1 file" in told
