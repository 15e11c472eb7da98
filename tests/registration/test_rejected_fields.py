"""Fields of a registration that the policy refuses. None of it reaches the database."""

from collections.abc import Iterator

import pytest
from harness.database import rows
from harness.service import Clock, Service, running

# The rules look at the input alone, whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NAME_REQUIRED = {"__typename": "InvalidNameError", "field": "name", "message": "Name is required."}
TOO_SHORT = {
    "__typename": "PasswordTooShortError",
    "field": "password",
    "message": "Password must be at least 8 characters.",
    "minLength": 8,
}
TOO_COMMON = {
    "__typename": "PasswordTooCommonError",
    "field": "password",
    "message": "Password is too common. Choose one that is harder to guess.",
}
NOT_ALLOWED = {
    "__typename": "RoleNotAllowedError",
    "field": "role",
    "message": "Role must be one of: customer.",
    "allowedRoles": ["customer"],
}
NO_AT_SIGN = "An email address must have an @-sign."


def rejected(*errors: dict[str, object]) -> dict[str, object]:
    return {
        "__typename": "InvalidInputError",
        "message": "Some fields need your attention.",
        "errors": list(errors),
    }


def no_address(field: str) -> dict[str, object]:
    return {
        "__typename": "InvalidEmailError",
        "field": field,
        "message": NO_AT_SIGN,
        "suggestion": None,
    }


@pytest.fixture
def church(settings: dict[str, str], clock: Clock) -> Iterator[Service]:
    with running(clock, **settings, POLICY="church") as service:
        yield service


@pytest.mark.parametrize("name", [None, "", "   ", "\n\t"])
def test_a_customer_needs_a_name(service: Service, name: str | None):
    assert service.register(name=name) == rejected(NAME_REQUIRED)


def test_a_name_has_at_most_200_characters(service: Service):
    assert service.register(name=f"  {'é' * 200}  ")["user"]["name"] == "é" * 200

    assert service.register(name="é" * 201) == rejected(
        {**NAME_REQUIRED, "message": "Name must be at most 200 characters."}
    )


@pytest.mark.parametrize("character", ["\0", "\n", "\r", "\t", "\x1b", "\x7f", "\x85", "\u2028"])
def test_a_name_has_no_control_characters(service: Service, character: str):
    assert service.register(name=f"Ada{character}Lovelace") == rejected(
        {**NAME_REQUIRED, "message": "Name must not contain control characters."}
    )


def test_an_email_must_be_an_address(service: Service):
    assert service.register(email="ada") == rejected(no_address("email"))


def test_an_inviter_must_be_an_address(service: Service):
    assert service.register(invitedBy="grace") == rejected(no_address("invitedBy"))


def test_a_password_has_at_least_8_characters(service: Service):
    assert service.register(password="xk4!vQz") == rejected(TOO_SHORT)


def test_a_password_has_at_most_128_characters(service: Service):
    assert service.register(password="x" * 129) == rejected(
        {
            "__typename": "PasswordTooLongError",
            "field": "password",
            "message": "Password must be at most 128 characters.",
            "maxLength": 128,
        }
    )
    assert service.register(password="x" * 128)["__typename"] == "RegisterSuccess"


def test_a_common_password_is_refused(service: Service):
    assert service.register(password="password1") == rejected(TOO_COMMON)
    assert service.register(password="PassWord1") == rejected(TOO_COMMON)


@pytest.mark.parametrize("password", ["secure_password", "securePassword123"])
def test_the_passwords_of_the_examples_are_accepted(service: Service, password: str):
    assert service.register(password=password)["__typename"] == "RegisterSuccess"


@pytest.mark.parametrize("role", ["admin", "ADMIN", "pastor", "customer\0", "customer,admin"])
def test_nobody_gets_a_role_that_the_policy_does_not_offer(service: Service, role: str):
    assert service.register(role=role) == rejected(NOT_ALLOWED)


def test_a_role_is_required_where_there_is_no_default(church: Service):
    assert church.register() == rejected(
        {
            "__typename": "RoleRequiredError",
            "field": "role",
            "message": "Role is required.",
            "allowedRoles": ["pastor", "member"],
        }
    )


@pytest.mark.parametrize("role", ["admin", "Admin"])
def test_nobody_makes_themselves_an_admin_of_a_church(church: Service, role: str):
    assert church.register(role=role) == rejected(
        {
            **NOT_ALLOWED,
            "message": "Role must be one of: pastor, member.",
            "allowedRoles": ["pastor", "member"],
        }
    )


def test_all_rejected_fields_come_at_once_and_in_order(service: Service, database_url: str):
    answer = service.register(
        invitedBy="nobody", role="admin", password="short", email="ada", name=" "
    )

    assert answer == rejected(
        NAME_REQUIRED, no_address("email"), TOO_SHORT, NOT_ALLOWED, no_address("invitedBy")
    )
    assert rows(database_url, "SELECT * FROM users") == []
    assert rows(database_url, "SELECT * FROM outgoing_mails") == []


@pytest.mark.parametrize(
    "tenant",
    [
        "",
        " ",
        "nonsense",
        "01890a5d-ac96-774b-bcce-b302099a8057",
        "01890a5d-ac96-774b-bcce-b302099a805",
        "x" * 10_000,
        "\0",
    ],
    ids=["empty", "blank", "a word", "unknown", "cut", "long", "NUL"],
)
def test_a_tenant_that_is_none_is_the_only_error(service: Service, tenant: str):
    answer = service.register(name="", email="ada", password="short", role="admin", tenant=tenant)

    assert answer == rejected(
        {"__typename": "TenantNotFoundError", "field": "tenant", "message": "Tenant not found."}
    )


def test_a_rejected_registration_costs_nothing_of_what_a_client_may_do(
    settings: dict[str, str], clock: Clock
):
    with running(clock, **settings, LIMIT_REGISTER_CLIENT="1/hour") as service:
        for _ in range(3):
            assert service.register(name="") == rejected(NAME_REQUIRED)

        assert service.register()["__typename"] == "RegisterSuccess"
