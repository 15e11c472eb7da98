"""clients/typescript, with the commands of its README."""

from pathlib import Path

import pytest
from harness.newer_schema import beside_a_grown_union
from harness.npm import CLIENTS, Package
from harness.postbox import Postbox
from harness.service import Service, running

PERSON = ("Ada Lovelace", "ada@example.com", "secure_password")


@pytest.fixture(scope="session")
def client() -> Package:
    client = Package(CLIENTS / "typescript")
    client.run("generate")
    return client


def test_the_generated_types_and_the_example_compile(client: Package):
    assert client.run("check") == ""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_person_registers_verifies_and_logs_in(
    service: Service, postbox: Postbox, client: Package
):
    registered = client.run("register", *PERSON, CONNECTX_URL=service.url)
    code = postbox.code("ada@example.com")
    again = client.run("register", *PERSON, CONNECTX_URL=service.url)
    verified = client.run(
        "verify", "ada@example.com", code, "secure_password", CONNECTX_URL=service.url
    )

    policy = "Passwords have at least 8 characters.\n"
    assert registered == (
        f"{policy}Registration successful. "
        "A verification code has been sent to your email address.\n"
    )
    assert again == f"{policy}Email already exists. Log in instead?\n"
    assert verified == (
        "Email verified successfully.\n"
        "Logged in as ada@example.com\n"
        "Verified: true, role: customer\n"
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_rejected_fields_are_told_one_by_one(service: Service, client: Package):
    told = client.run("register", "", "ada", "short", CONNECTX_URL=service.url)

    assert told == (
        "Passwords have at least 8 characters.\n"
        "name: Name is required.\n"
        "email: An email address must have an @-sign.\n"
        "password: Password must be at least 8 characters.\n"
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_ids_of_the_generated_manifest_are_taken_where_only_its_documents_run(
    settings: dict[str, str], client: Package
):
    manifest = client.folder / "src" / "gql" / "persisted-documents.json"
    chosen = {"TRUSTED_DOCUMENTS": str(manifest), "TRUSTED_DOCUMENTS_ONLY": "on"}
    with running(**settings, **chosen) as service:
        refused = client.fail("register", *PERSON, CONNECTX_URL=service.url)
        registered = client.run(
            "register", *PERSON, CONNECTX_URL=service.url, CONNECTX_SEND_IDS="on"
        )

    assert "Only trusted documents are executed here." in refused
    assert registered.startswith("Passwords have at least 8 characters.\nRegistration successful.")


def test_a_switch_does_not_compile_once_its_union_has_grown(client: Package, tmp_path: Path):
    newer = Package(beside_a_grown_union(client.folder, tmp_path))
    newer.run("generate")

    told = newer.fail("check")

    assert told.count("error") == 1, told
    assert told.startswith("src/answers.ts(")
    assert "'{ __typename: \"SecondFactorRequired\"; }' is not assignable to" in told
    assert "'never'" in told
