"""clients/relay, with the commands of its README."""

import pytest
from harness.npm import CLIENTS, Package
from harness.postbox import Postbox
from harness.service import Service

# What a client makes of an answer does not depend on the database.
sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def client() -> Package:
    client = Package(CLIENTS / "relay")
    client.run("generate")  # fails if relay-compiler does not accept the schema or an operation
    return client


def test_relay_compiler_writes_a_module_for_each_operation(client: Package):
    generated = {file.name for file in (client.folder / "src" / "__generated__").iterdir()}
    operations = [file.stem.split("_") for file in (CLIENTS / "operations").iterdir()]

    assert operations
    assert generated >= {
        f"{''.join(word.capitalize() for word in words)}.graphql.ts" for words in operations
    }


def test_the_generated_types_and_the_example_compile(client: Package):
    assert client.run("check") == ""


@sqlite
def test_a_person_logs_in_and_sees_themselves(service: Service, postbox: Postbox, client: Package):
    service.register()
    service.verify(postbox.code("ada@example.com"))

    told = client.run("example", "ada@example.com", "secure_password", CONNECTX_URL=service.url)

    assert told == "ada@example.com, verified: true\n"


@sqlite
def test_a_refused_login_is_told_in_a_sentence(service: Service, client: Package):
    told = client.run("example", "ada@example.com", "wrong_password", CONNECTX_URL=service.url)

    assert told == "Invalid email or password.\n"
