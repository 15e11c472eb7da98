"""A deletion leaves what somebody else has begun with the same address."""

import pytest
from harness.database import rows
from harness.deletions import request as delete_account
from harness.email_changes import NEW, OLD, THIRD, by_code, request, undo
from harness.operator_commands import Run
from harness.postbox import Postbox
from harness.service import Service

QUICK = """
roles = ["customer"]
defaultRole = "customer"
verificationMethods = ["OTP"]
deletionDays = 1
"""


@pytest.fixture
def changed(verified: Service, token: str, postbox: Postbox) -> str:
    """Ada's address was changed, and this is the token by which its former owner undoes that."""
    request(verified, token)
    assert by_code(verified, token, postbox.code(NEW))["__typename"] == "EmailChanged"
    return postbox.token(OLD, count=2)


@pytest.mark.parametrize("first", ["verified", "unverified"])
def test_the_way_back_outlives_an_account_that_had_the_former_address(
    verified: Service, changed: str, postbox: Postbox, connect: Run, first: str
):
    verified.register(email=OLD)
    if first == "verified":
        verified.verify(postbox.code(OLD, count=3), OLD)
    connect("users", "delete", OLD, "--yes")

    assert undo(verified, changed)["__typename"] == "EmailChangeUndone"


def test_a_change_to_an_address_outlives_a_registration_of_it(
    verified: Service, token: str, postbox: Postbox, connect: Run
):
    verified.register(email=NEW)
    request(verified, token)
    connect("users", "delete", NEW, "--yes")

    assert by_code(verified, token, postbox.code(NEW, count=2))["__typename"] == "EmailChanged"


def test_whoever_has_asked_for_a_taken_address_does_not_learn_that_it_is_free(
    verified: Service, token: str, postbox: Postbox, connect: Run, database_url: str
):
    verified.register(email=THIRD)
    verified.verify(postbox.code(THIRD), THIRD)
    handle = request(verified, token, THIRD)["verification"]["id"]
    postbox.newest(THIRD, count=2)
    connect("users", "delete", THIRD, "--yes")

    assert verified.run("get_verification_status", id=handle) == "PENDING"
    mailed = "SELECT id FROM outgoing_mails WHERE recipient = '{}'"
    assert rows(database_url, mailed.format(THIRD)) == []


@pytest.mark.settings(POLICY=QUICK)
def test_a_deletion_waits_for_the_way_back_of_the_former_owner(verified: Service, changed: str):
    verified.clock.advance(days=1)
    answer = delete_account(verified, verified.login(NEW)["accessToken"])
    assert answer["deletesAt"] == "2026-01-09T03:04:05.678901+00:00", "7 days after the change"

    verified.clock.advance(days=5, hours=23)
    assert undo(verified, changed)["__typename"] == "EmailChangeUndone"
