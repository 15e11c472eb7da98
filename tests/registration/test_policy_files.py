"""A policy of one's own is a TOML file."""

from pathlib import Path

import pytest
from harness.policies import password_at_verification
from harness.postbox import Postbox
from harness.service import running

from accounts.policies.choices import VerificationMethod
from accounts.policies.load import PolicyError, load
from accounts.policies.policy import Policy

OWN_PRODUCT = {"name": "ConnectX", "logoUrl": None, "support": None, "supportUrl": None}
OWN = """
roles = ["Buyer", " seller ", "buyer"]
defaultRole = "BUYER"
nameRequired = false
passwordMinLength = 12
passwordMaxLength = 64
verificationMethods = ["OTP", "LINK", "OTP"]
otpSeconds = 300
linkSeconds = 7200
"""


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    path = tmp_path / "market.toml"
    path.write_text(OWN, "utf-8")
    return path


def test_a_policy_of_ones_own_is_a_toml_file_named_for_it(toml: Path):
    assert load(str(toml)) == Policy(
        name="market",
        roles=("buyer", "seller"),
        default_role="buyer",
        name_required=False,
        password_min_length=12,
        password_max_length=64,
        verification_methods=(VerificationMethod.OTP, VerificationMethod.LINK),
        otp_seconds=300,
        link_seconds=7200,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("roles = [", "is not TOML: "),
        ("\udcff", "is not TOML: "),
        (OWN + 'colour = "blue"', "colour: there is no such key\n"),
        (OWN.replace("BUYER", "admin"), "defaultRole: takes one of roles (buyer, seller)\n"),
        (
            OWN.replace("12", "65"),
            "passwordMaxLength: must not be less than passwordMinLength (65), and is 64\n",
        ),
        (
            OWN.replace("12", "129").replace("passwordMaxLength = 64", ""),
            "passwordMaxLength: must not be less than passwordMinLength (129), and is 128\n",
        ),
        (OWN.replace("12", '"many"'), "passwordMinLength: takes a whole number from 1 to 1024\n"),
        (OWN.replace("12", "true"), "passwordMinLength: takes a whole number from 1 to 1024\n"),
        (OWN.replace('"LINK"', '"SMS"'), 'verificationMethods: takes a list of "OTP", "LINK" or'),
        (OWN.replace("300", "59"), "otpSeconds: takes a whole number from 60 to 86400\n"),
        (OWN.replace("300", "86401"), "otpSeconds: takes a whole number from 60 to 86400\n"),
        (OWN.replace("false", '"no"'), "nameRequired: takes true or false\n"),
        (OWN.replace(" seller ", " "), "roles: takes a list of roles of 1 to 64 characters each, "),
        (OWN + 'emailChangeConfirms = "OLD"', 'emailChangeConfirms: takes "NEW" or "BOTH"\n'),
        (OWN + '"\\u001B[2J" = 1', "'\\x1b[2J': there is no such key\n"),
    ],
)
def test_a_bad_file_is_refused_with_the_place_and_the_reason(
    tmp_path: Path, text: str, message: str
):
    path = tmp_path / "bad.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(PolicyError) as refusal:
        load(str(path))

    [line] = str(refusal.value).splitlines(keepends=True)
    assert f"{line}\n".startswith(f"{path}: {message}")


def test_all_that_is_wrong_with_a_file_is_told_at_once(tmp_path: Path):
    path = tmp_path / "bad.toml"
    path.write_text(
        'rolls = ["buyer"]\nroles = ["buyer", ""]\nname = ""\npasswordMinLength = 0\n'
        "passwordMaxLength = 2000\notpSeconds = 1"
    )

    with pytest.raises(PolicyError) as refusal:
        load(str(path))

    assert [line.removeprefix(f"{path}: ") for line in str(refusal.value).splitlines()] == [
        "name: takes text of 1 to 64 characters",
        'roles: takes a list of roles of 1 to 64 characters each, such as ["driver", "rider"]',
        "passwordMinLength: takes a whole number from 1 to 1024",
        "passwordMaxLength: takes a whole number from 1 to 1024",
        'verificationMethods: is required; it takes a list of "OTP", "LINK" or both',
        "otpSeconds: takes a whole number from 60 to 86400",
        "rolls: there is no such key; did you mean roles?",
    ]


def test_what_is_neither_a_preset_nor_a_file_is_refused():
    with pytest.raises(PolicyError) as refusal:
        load("chruch")

    assert str(refusal.value) == (
        "'chruch' is neither a preset (customer, church) nor the path of a TOML file"
    )


def test_a_policy_may_send_a_code_and_a_link_in_one_mail(
    settings: dict[str, str], postbox: Postbox, toml: Path
):
    with running(**settings, POLICY=str(toml)) as service:
        policy = service.policy()
        ada = service.register(role="SELLER", name=None)
        grace = service.register(email="grace@example.com")
        by_code = service.verify(postbox.code("ada@example.com"))
        by_link = service.verify_by_link(postbox.token("grace@example.com"))

    assert policy == {
        "roles": ["buyer", "seller"],
        "defaultRole": "buyer",
        "nameRequired": False,
        "passwordMinLength": 12,
        "passwordMaxLength": 64,
        "passwordAt": "REGISTRATION",
        "verificationMethods": ["OTP", "LINK"],
        "product": OWN_PRODUCT,
        "otpSeconds": 300,
        "linkSeconds": 7200,
        "askInvitedBy": False,
        "emailChangeConfirms": "NEW",
        "deletionDays": 7,
        "profileFields": [],
    }
    assert ada["verification"]["methods"] == ["OTP", "LINK"]
    assert ada["verification"]["expiresAt"] == "2026-01-02T05:04:05.678901+00:00"
    assert (ada["user"]["role"], grace["user"]["role"]) == ("seller", "buyer")
    assert by_code["user"]["isVerified"] is True
    assert by_link["user"]["isVerified"] is True


def test_a_misspelt_moment_of_the_password_is_refused_with_the_two_that_exist(tmp_path: Path):
    path = tmp_path / "later.toml"
    path.write_text(password_at_verification("OTP").replace("VERIFICATION", "LATER"))

    with pytest.raises(PolicyError, match='passwordAt: takes "REGISTRATION" or "VERIFICATION"'):
        load(str(path))
