"""clients/apollo and clients/urql, whose caches have to know the members of interfaces."""

import json

import pytest
from harness.npm import CLIENTS, Package
from harness.postbox import Postbox
from harness.service import Service

# What a client makes of an answer does not depend on the database.
sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(scope="session", params=["apollo", "urql"])
def client(request: pytest.FixtureRequest) -> Package:
    client = Package(CLIENTS / request.param)
    client.run("generate")
    return client


def test_the_generated_types_and_the_example_compile(client: Package):
    assert client.run("check") == ""


@sqlite
def test_a_field_selected_through_an_interface_is_kept_with_possible_types_only(
    service: Service, client: Package
):
    answers = json.loads(client.run("compare", CONNECTX_URL=service.url))

    assert answers == {
        "with": {
            "register": {
                "__typename": "InvalidInputError",
                "message": "Some fields need your attention.",
                "errors": [
                    {
                        "__typename": "PasswordTooShortError",
                        "field": "password",
                        "message": "Password must be at least 8 characters.",
                    }
                ],
            }
        },
        "without": {
            "register": {
                "__typename": "InvalidInputError",
                "errors": [{"__typename": "PasswordTooShortError"}],
            }
        },
    }


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
