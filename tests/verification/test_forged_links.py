"""A link that is forged, damaged or of no registration verifies nobody."""

from uuid import UUID, uuid4

import pytest
from harness.database import rows
from harness.links import EXPIRED, INVALID
from harness.service import Service

from accounts.keyring import Keyring

pytestmark = pytest.mark.settings(POLICY="church")

INCOMPLETE = {
    "__typename": "InvalidInputError",
    "message": "Some fields need your attention.",
    "errors": [
        {
            "__typename": "InvalidTokenFormatError",
            "field": "token",
            "message": "The link is not complete. Open it from the email again.",
        }
    ],
}


def test_a_token_with_a_changed_character_is_invalid(service: Service, token: str):
    other_end = token[:-1] + ("A" if token[-1] != "A" else "B")
    other_id = ("A" if token[0] != "A" else "B") + token[1:]

    assert [service.verify_by_link(each) for each in (other_end, other_id)] == [INVALID] * 2
    assert service.login()["__typename"] == "EmailNotVerifiedError"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # no database is asked
def test_what_is_not_the_whole_token_is_incomplete(service: Service, token: str):
    damaged = {
        "empty": "",
        "cut at the end": token[:-1],
        "cut at the start": token[1:],
        "longer": token + "A",
        "padded": token + "=",
        "an invisible character": token[:30] + "\u200b" + token[30:],
        "another alphabet": token[:-1] + "+",
        "very long": token * 100,
        "NUL": "\0",
    }

    answers = {name: service.verify_by_link(text) for name, text in damaged.items()}

    assert answers == dict.fromkeys(damaged, INCOMPLETE)
    assert service.login()["__typename"] == "EmailNotVerifiedError"


def test_a_token_of_another_key_is_invalid(service: Service, token: str, database_url: str):
    [stored] = rows(database_url, "SELECT verification_id FROM users")
    forger = Keyring(["f" * 32])
    forged = forger.link_token(UUID(str(stored["verification_id"])), key_id=forger.newest)

    assert service.verify_by_link(forged) == INVALID


def test_an_authentic_token_of_no_registration_has_expired(
    service: Service, settings: dict[str, str]
):
    keys = Keyring([settings["SECRET_KEY"]])

    assert service.verify_by_link(keys.link_token(uuid4(), key_id=keys.newest)) == EXPIRED


def test_a_link_policy_gives_no_code_to_guess(
    service: Service, token: str, settings: dict[str, str], database_url: str
):
    [stored] = rows(database_url, "SELECT verification_id FROM users")
    keys = Keyring([settings["SECRET_KEY"]])
    code = keys.otp(UUID(str(stored["verification_id"])), key_id=keys.newest)

    answer = service.verify(code)

    assert answer == {
        "__typename": "InvalidOtpError",
        "message": "Invalid OTP.",
        "attemptsRemaining": 4,
    }
