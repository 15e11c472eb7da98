"""A change to an address that somebody else has, or has registered."""

from typing import Any

from harness.database import rows
from harness.email_changes import (
    NEW,
    OLD,
    by_code,
    request,
)
from harness.postbox import Postbox
from harness.service import Service


def test_an_address_that_is_taken_gets_the_same_answer_and_its_owner_is_told(
    verified: Service, token: str, postbox: Postbox, database_url: str
):
    verified.register(email=NEW)
    verified.verify(postbox.code(NEW), NEW)

    taken = request(verified, token)
    verified.clock.advance(minutes=1)
    free = request(verified, token, "free@example.com")

    for answer in (taken, free):
        for hidden in ("id", "expiresAt", "resendAvailableAt"):
            assert answer["verification"].pop(hidden)
    assert taken == free
    mail = postbox.newest(NEW, count=2)
    assert mail["subject"] == "Somebody wants to use your email address (ConnectX)"
    assert "http" not in mail.get_body(("plain",)).get_content()
    assert [
        row["email"] for row in rows(database_url, "SELECT email FROM users ORDER BY email")
    ] == [
        OLD,
        NEW,
    ]


def test_no_code_changes_to_an_address_that_is_taken(
    verified: Service, token: str, postbox: Postbox
):
    verified.register(email=NEW)
    verified.verify(postbox.code(NEW), NEW)
    request(verified, token)

    left = [by_code(verified, token, "000000")["attemptsRemaining"] for _ in range(5)]

    assert left == [4, 3, 2, 1, 0]


def test_whoever_proved_the_mailbox_comes_before_a_registration_that_did_not(
    verified: Service, token: str, sent: str
):
    verified.register(email=NEW)

    assert by_code(verified, token, sent)["user"]["email"] == NEW


def test_an_address_that_was_taken_meanwhile_stays_whose_it_is(
    verified: Service, token: str, sent: str, postbox: Postbox
):
    verified.register(email=NEW)
    verified.verify(postbox.code(NEW, count=2), NEW)

    assert by_code(verified, token, sent)["__typename"] == "EmailAlreadyExistsError"
    assert verified.viewer(token)["email"] == OLD


def test_no_status_tells_a_taken_address_from_a_free_one_whatever_becomes_of_the_request(
    verified: Service, token: str, postbox: Postbox
):
    verified.register(email=NEW)
    verified.verify(postbox.code(NEW), NEW)

    def statuses(email: str) -> list[Any]:
        """Of a request: at once, after another one, and after that one is cancelled."""
        verified.clock.advance(minutes=1)
        first = request(verified, token, email)["verification"]["id"]
        found = [verified.run("get_verification_status", id=first)]
        verified.clock.advance(minutes=1)
        second = request(verified, token, email)["verification"]["id"]
        verified.run("cancel_email_change", token=token)
        ids = (first, second)
        return found + [verified.run("get_verification_status", id=each) for each in ids]

    assert statuses("free@example.com") == statuses(NEW) == ["PENDING", None, None]


def test_a_registration_that_came_first_does_not_keep_its_owner_from_the_address(
    verified: Service, token: str, postbox: Postbox
):
    verified.register(email=NEW)
    postbox.code(NEW)

    request(verified, token)

    assert by_code(verified, token, postbox.code(NEW, count=2))["user"]["email"] == NEW
    assert verified.login(NEW)["__typename"] == "LoginSuccess"
