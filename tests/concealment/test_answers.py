"""A policy that conceals existing accounts tells nobody that an address is taken."""

from collections import Counter
from pathlib import Path
from uuid import UUID

import pytest
from harness.concealment import ADDRESSES, NEW, POLICY, QUEUED, VERIFIED, WAITING
from harness.database import rows
from harness.limited import limited
from harness.parallel_requests import at_once
from harness.polling import eventually
from harness.postbox import Postbox
from harness.service import Service, running

from accounts.keyring import Keyring

pytestmark = pytest.mark.slow

PENDING = {
    "__typename": "RegistrationPending",
    "message": "If the address can be registered, a verification email is on its way to it.",
    "didYouMean": None,
    "verification": {
        "methods": ["OTP", "LINK"],
        "expiresAt": "2026-01-03T03:05:05.678901+00:00",
        "resendAvailableAt": "2026-01-02T03:06:05.678901+00:00",
    },
}
EXISTS = {"__typename": "EmailAlreadyExistsError", "message": "Email already exists."}
USERS = "SELECT * FROM users ORDER BY email"


def test_a_new_and_a_taken_address_are_answered_alike(service: Service):
    answers = [service.register(email=address) for address in ADDRESSES]

    ids = [UUID(answer["verification"].pop("id")) for answer in answers]
    assert [len(answer.pop("continuation")) for answer in answers] == [64] * 3
    assert answers == [PENDING] * 3
    assert [id_.version for id_ in ids] == [7] * 3


@pytest.mark.parametrize("address", [WAITING, VERIFIED])
def test_a_taken_address_keeps_its_password_role_name_and_code(
    service: Service, postbox: Postbox, database_url: str, address: str
):
    before, code = rows(database_url, USERS), postbox.code(address)

    service.register(email=address, name="Eve", role="seller", password="evil_password")

    assert rows(database_url, USERS) == before
    assert service.verify(code, address)["__typename"] == "VerifyEmailSuccess"
    assert service.login(address, "evil_password")["__typename"] == "InvalidCredentialsError"
    assert service.login(address)["__typename"] == "LoginSuccess"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_new_and_a_taken_address_have_the_same_cooldown(service: Service, address: str):
    service.register(email=address)
    service.clock.advance(seconds=15)
    answers = [service.register(email=address), service.resend(address)]
    service.clock.advance(seconds=45)
    again = service.register(email=address)

    assert answers == [limited(45), limited(45)]
    assert again["__typename"] == "RegistrationPending"


@pytest.mark.parametrize("address", [WAITING, VERIFIED])
def test_the_code_and_the_link_of_a_taken_address_verify_nobody(
    service: Service, database_url: str, address: str
):
    """Both are never mailed; whoever had the server's key could make them."""
    decoy = UUID(service.register(email=address)["verification"]["id"])
    keys = Keyring(["k" * 32])
    before = rows(database_url, USERS)

    by_code = service.verify(keys.otp(decoy, key_id=keys.newest), address)
    by_link = service.verify_by_link(keys.link_token(decoy, key_id=keys.newest))

    assert by_code["__typename"] == "InvalidOtpError"
    assert by_link["__typename"] == "ExpiredLinkError"
    assert rows(database_url, USERS) == before


def test_of_parallel_registrations_of_one_address_one_is_stored(
    settings: dict[str, str], policy: str, postbox: Postbox, database_url: str
):
    given = {"email": NEW, "name": "Ada", "password": "secure_password"}
    with running(**settings, POLICY=policy, RATE_LIMITS="off") as service:
        answers = at_once(service, "register", [given] * 8)
        eventually(lambda: not rows(database_url, QUEUED), "an empty queue")

    subjects = Counter(mail["subject"].partition("is your")[1] for mail in postbox.sent_to(NEW))
    assert [answer["__typename"] for answer in answers] == ["RegistrationPending"] * 8
    assert len(rows(database_url, USERS)) == 1
    assert subjects == {"is your": 1, "": 7}


def test_a_policy_that_does_not_conceal_tells_of_a_taken_address(
    settings: dict[str, str], tmp_path: Path, postbox: Postbox, database_url: str
):
    (tmp_path / "open.toml").write_text(POLICY.format(conceal="false"))
    with running(**settings, POLICY=str(tmp_path / "open.toml")) as service:
        service.register(email=WAITING)
        answer = service.register(email=WAITING)
        eventually(lambda: not rows(database_url, QUEUED), "an empty queue")

    assert answer == EXISTS
    assert len(postbox.sent_to(WAITING)) == 1
