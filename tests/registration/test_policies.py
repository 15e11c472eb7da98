"""What a policy says, in the presets and over the API."""

from datetime import timedelta

import pytest
from harness.database import create_tenant
from harness.service import Service, running
from pydantic import ValidationError

from accounts.policies.choices import VerificationMethod
from accounts.policies.load import load
from accounts.policies.policy import Policy
from accounts.policies.presets import PRESETS
from accounts.profile.fields import FieldType, Label, ProfileField

CUSTOMER = {
    "roles": ["customer"],
    "defaultRole": "customer",
    "nameRequired": True,
    "passwordMinLength": 8,
    "passwordMaxLength": 128,
    "passwordAt": "REGISTRATION",
    "verificationMethods": ["OTP"],
    "otpSeconds": 600,
    "linkSeconds": None,
    "askInvitedBy": False,
    "emailChangeConfirms": "NEW",
    "deletionDays": 7,
    "profileFields": [],
}
OWN_PRODUCT = {"name": "ConnectX", "logoUrl": None, "support": None, "supportUrl": None}
OF_NO_TEXT = {"choices": [], "maxLength": None}
CHURCH = {
    "roles": ["pastor", "member"],
    "defaultRole": None,
    "nameRequired": False,
    "passwordMinLength": 6,
    "passwordMaxLength": 128,
    "passwordAt": "REGISTRATION",
    "verificationMethods": ["LINK"],
    "otpSeconds": None,
    "linkSeconds": 86400,
    "askInvitedBy": True,
    "emailChangeConfirms": "NEW",
    "deletionDays": 7,
    "profileFields": [
        {"key": "phone", "type": "PHONE", "required": True, "label": "Phone", **OF_NO_TEXT},
        {"key": "birthday", "type": "DATE", "required": False, "label": "Birthday", **OF_NO_TEXT},
        {
            "key": "address",
            "type": "LONG_TEXT",
            "required": False,
            "label": "Address",
            "choices": [],
            "maxLength": 1000,
        },
    ],
}


def test_there_are_two_presets():
    assert {
        "customer": Policy(
            name="customer",
            roles=("customer",),
            default_role="customer",
            name_required=True,
            password_min_length=8,
            password_max_length=128,
            verification_methods=(VerificationMethod.OTP,),
            otp_seconds=600,
        ),
        "church": Policy(
            name="church",
            roles=("pastor", "member"),
            default_role=None,
            name_required=False,
            password_min_length=6,
            password_max_length=128,
            verification_methods=(VerificationMethod.LINK,),
            link_seconds=24 * 3600,
            ask_invited_by=True,
            profile=(
                ProfileField(
                    key="phone",
                    type=FieldType.PHONE,
                    required=True,
                    label=Label(
                        {"en": "Phone", "de": "Telefon", "es": "Teléfono", "fr": "Téléphone"}
                    ),
                ),
                ProfileField(
                    key="birthday",
                    type=FieldType.DATE,
                    label=Label(
                        {
                            "en": "Birthday",
                            "de": "Geburtstag",
                            "es": "Fecha de nacimiento",
                            "fr": "Date de naissance",
                        }
                    ),
                ),
                ProfileField(
                    key="address",
                    type=FieldType.LONG_TEXT,
                    label=Label(
                        {"en": "Address", "de": "Anschrift", "es": "Dirección", "fr": "Adresse"}
                    ),
                ),
            ),
        ),
    } == PRESETS


def test_a_stored_policy_from_before_a_form_could_be_told_does_not_ask_who_invited():
    stored = PRESETS["church"].model_dump(mode="json", by_alias=True, exclude={"ask_invited_by"})

    assert Policy.model_validate(stored).ask_invited_by is False


def test_a_lifetime_is_that_of_a_method_which_the_policy_has():
    assert PRESETS["customer"].otp_lifetime == timedelta(minutes=10)
    assert PRESETS["customer"].link_lifetime is None
    assert PRESETS["church"].otp_lifetime is None
    assert PRESETS["church"].link_lifetime == timedelta(hours=24)


def test_a_policy_is_frozen():
    with pytest.raises(ValidationError):
        PRESETS["customer"].roles = ("admin",)


def test_a_preset_is_loaded_by_its_name():
    assert load("church") is PRESETS["church"]


def test_the_servers_policy_can_be_asked_for(service: Service):
    assert service.policy() == {**CUSTOMER, "product": OWN_PRODUCT}


def test_a_tenants_policy_can_be_asked_for(service: Service, database_url: str):
    church = create_tenant(database_url, policy="church")
    shop = create_tenant(database_url, "Shop", policy="customer")

    product = {"name": "Grace Church", "logoUrl": None, "support": None, "supportUrl": None}
    assert service.policy(church) == {**CHURCH, "product": product}
    assert service.policy(shop) == {**CUSTOMER, "product": {**product, "name": "Shop"}}


@pytest.mark.parametrize("tenant", ["", "x", "\0", "01890a5d-ac96-774b-bcce-b302099a8057"])
def test_an_unknown_tenant_has_no_policy(service: Service, tenant: str):
    assert service.policy(tenant) is None


def test_a_deployment_chooses_its_policy_by_name(settings: dict[str, str]):
    with running(**settings, POLICY="church") as service:
        assert service.policy() == {**CHURCH, "product": OWN_PRODUCT}
