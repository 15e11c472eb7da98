"""clients/fetch and clients/gql-tada, with the commands of their READMEs."""

import subprocess
from collections.abc import Callable

import pytest
from harness.controlled_server import ControlledServer
from harness.mailbox import ADA, Mailbox
from harness.npm import CLIENTS, Package
from harness.tools import find_tool

Example = Callable[..., str]

PERSON = ("Ada Lovelace", ADA, "secure_password")


@pytest.fixture(scope="module")
def tada() -> Package:
    package = Package(CLIENTS / "gql-tada")
    package.run("generate")
    return package


@pytest.fixture(params=["fetch", "gql-tada"])
def example(request: pytest.FixtureRequest, controlled_server: ControlledServer) -> Example:
    """Runs a command of one of the examples against the server, and gives what it prints."""
    if request.param == "gql-tada":
        package: Package = request.getfixturevalue("tada")
        return lambda *typed: package.run("example", *typed, CONNECTX_URL=controlled_server.url)
    node = find_tool("node", get="install Node.js 20 or newer")

    def run(*typed: str) -> str:
        done = subprocess.run(
            [node, "example.mjs", *typed],
            cwd=CLIENTS / "fetch",
            env={"CONNECTX_URL": controlled_server.url},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_a_person_registers_and_logs_in_once_the_address_is_verified(
    controlled_server: ControlledServer, example: Example
):
    assert example("register", "", "ada", "short").splitlines() == [
        "name: Name is required.",
        "email: An email address must have an @-sign.",
        "password: Password must be at least 8 characters.",
    ]
    assert example("register", *PERSON).startswith("Registration successful.")
    assert example("register", *PERSON) == "Email already exists. Log in instead?\n"
    assert example("login", ADA, "secure_password") == "Email not verified.\n"

    controlled_server.verify(Mailbox(controlled_server).code(ADA))

    assert example("login", ADA, "secure_password") == f"{ADA}, verified: true\n"


def test_an_outage_is_told(controlled_server: ControlledServer, example: Example):
    answer = {"__typename": "UnavailableError", "message": "Down.", "retryAfterSeconds": 3}
    controlled_server.done("fail", {"mutation": "register", "answer": answer})

    assert example("register", *PERSON) == "Down. (in 3 s)\n"


def test_the_example_compiles_and_its_documents_are_those_of_the_schema(tada: Package):
    assert tada.run("check").strip().endswith("No problems found")
