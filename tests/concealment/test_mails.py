"""Mails tell the owner of a concealed account what others tried, and hold nothing they typed."""

from uuid import UUID

import pytest
from harness.concealment import ADDRESSES, NEW, VERIFIED, WAITING
from harness.database import create_tenant
from harness.postbox import Postbox
from harness.service import Service

from accounts.keyring import Keyring
from accounts.policies.load import load

pytestmark = pytest.mark.slow


def text(postbox: Postbox, address: str, *, count: int = 1) -> str:
    """The newest mail to an address as it is read: subject, plain text and HTML."""
    mail = postbox.newest(address, count=count)
    parts = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    return " ".join(f"{mail['subject']} {' '.join(parts)}".split())


def test_a_new_person_is_mailed_a_code_and_can_verify_and_log_in(
    service: Service, postbox: Postbox
):
    service.register(email=NEW, role="seller")

    user = service.verify(postbox.code(NEW), NEW)["user"]

    assert (user["email"], user["role"], user["isVerified"]) == (NEW, "seller", True)
    assert service.login(NEW)["__typename"] == "LoginSuccess"


@pytest.mark.parametrize("address", [WAITING, VERIFIED])
def test_the_owner_of_a_taken_address_is_told_by_mail_and_sent_no_code(
    service: Service, postbox: Postbox, address: str
):
    answer = service.register(email=address)

    told = text(postbox, address, count=2)
    keys, decoy = Keyring(["k" * 32]), UUID(answer["verification"]["id"])
    assert told.startswith("You already have an account at ConnectX ")
    assert keys.otp(decoy, key_id=keys.newest) not in told
    assert "#token=" not in told
    assert "http" not in postbox.newest(address).get_body(("plain",)).get_content()


def test_mails_hold_nothing_that_the_registrant_typed(service: Service, postbox: Postbox):
    typed = {"name": "Zebedee <b>https://evil.example", "invitedBy": "zorro@evil.example"}
    for address in ADDRESSES:
        service.register(email=address, password="zephyr_password", **typed)

    for address, count in ((NEW, 1), (WAITING, 2), (VERIFIED, 2)):
        mail = text(postbox, address, count=count) + postbox.newest(address).as_string()
        assert [
            part for part in ("Zebedee", "evil.example", "zorro", "zephyr") if part in mail
        ] == []


def test_a_tenants_policy_conceals_under_the_tenants_name(
    service: Service, postbox: Postbox, database_url: str, policy: str
):
    tenant = create_tenant(database_url, "Grace Church", load(policy))

    answer = service.register(email=VERIFIED, tenant=tenant)

    assert answer["__typename"] == "RegistrationPending"
    assert "You already have an account at Grace Church" in text(postbox, VERIFIED, count=2)
