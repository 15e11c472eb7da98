import pytest
from harness.database import create_tenant, rows
from harness.postbox import Postbox
from harness.service import Service

from accounts.policies.presets import PRESETS


@pytest.fixture
def church(database_url: str) -> str:
    """The id of a tenant on a server whose own policy is `customer`."""
    return create_tenant(database_url, "Grace Church", "church")


def test_a_tenants_policy_stands_in_place_of_the_servers(
    service: Service, church: str, postbox: Postbox
):
    answer = service.register(tenant=church, role="Member", name=None, password="xk4!vQ")

    user = answer["user"]
    assert answer["message"] == (
        "Registration successful. A verification link has been sent to your email address."
    )
    assert user["tenant"] == {"id": church, "name": "Grace Church", "displayName": "Grace Church"}
    assert (user["role"], user["name"]) == ("member", None)
    assert answer["verification"]["methods"] == ["LINK"]
    assert "#token=" in postbox.link("ada@example.com")


def test_a_tenant_without_a_default_requires_a_role(service: Service, church: str):
    answer = service.register(tenant=church)

    assert answer == {
        "__typename": "InvalidInputError",
        "message": "Some fields need your attention.",
        "errors": [
            {
                "__typename": "RoleRequiredError",
                "field": "role",
                "message": "Role is required.",
                "allowedRoles": ["pastor", "member"],
            }
        ],
    }


def test_a_tenants_messages_have_its_own_numbers(service: Service, church: str):
    answer = service.register(tenant=church, role="member", password="short")

    assert answer["errors"] == [
        {
            "__typename": "PasswordTooShortError",
            "field": "password",
            "message": "Password must be at least 6 characters.",
            "minLength": 6,
        }
    ]


def test_a_name_that_is_optional_is_checked_where_it_is_given(service: Service, church: str):
    answer = service.register(tenant=church, role="member", name="x" * 201)

    assert [error["__typename"] for error in answer["errors"]] == ["InvalidNameError"]


@pytest.mark.parametrize("spelling", [str.upper, lambda id_: id_.replace("-", "")])
def test_a_tenants_id_may_be_written_in_any_form_of_a_uuid(service: Service, church: str, spelling):
    answer = service.register(tenant=spelling(church), role="member")

    assert answer["user"]["tenant"]["id"] == church


def test_a_tenant_keeps_its_policy_when_the_preset_changes(service: Service, database_url: str):
    longer = PRESETS["customer"].model_copy(update={"password_min_length": 20})
    tenant = create_tenant(database_url, "Bank", longer)

    assert service.register(tenant=tenant)["errors"][0]["minLength"] == 20
    assert service.register()["__typename"] == "RegisterSuccess"


def test_a_mail_is_signed_with_the_tenants_name(service: Service, church: str, postbox: Postbox):
    service.register(tenant=church, role="member")

    mail = postbox.newest("ada@example.com")
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert mail["subject"] == "Confirm your email address for Grace Church"
    assert "Grace Church sent you this email because somebody registered" in text
    assert "ConnectX" not in text


def test_a_church_account_is_verified_by_its_link(
    service: Service, church: str, postbox: Postbox, database_url: str
):
    service.register(tenant=church, role="pastor")

    answer = service.verify_by_link(postbox.token("ada@example.com"))

    assert answer["user"]["tenant"] == {
        "id": church,
        "name": "Grace Church",
        "displayName": "Grace Church",
    }
    assert rows(database_url, "SELECT is_verified, role FROM users") == [
        {"is_verified": True, "role": "pastor"}
    ]
