"""The owner of the old address brings it back."""

from harness.audit_rows import details
from harness.email_changes import NEW, OLD, by_code, request, undo
from harness.postbox import Postbox
from harness.service import Service


def test_both_addresses_are_told_and_the_old_one_can_undo_it(
    verified: Service, token: str, sent: str, postbox: Postbox, database_url: str
):
    by_code(verified, token, sent)
    assert "/undo-email-change#token=" in postbox.link(OLD, count=2)
    assert "/secure-account#token=" in postbox.link(NEW, count=2)

    link = postbox.token(OLD, count=2)

    answer = undo(verified, link)

    assert answer["__typename"] == "EmailChangeUndone"
    undone = details(database_url, "email_change_undone")
    assert undone == ["to a***@example.com", "from l***@example.com"]
    assert verified.viewer(token) is None
    for email in (OLD, NEW):
        assert verified.login(email)["__typename"] == "InvalidCredentialsError"
    reset = verified.reset(postbox.reset_code(OLD, count=3), password="third_password")
    assert reset["user"]["email"] == OLD
    assert verified.login(password="third_password")["__typename"] == "LoginSuccess"
    assert undo(verified, link)["__typename"] == "ExpiredLinkError"


def test_an_undo_works_for_seven_days(verified: Service, token: str, sent: str, postbox: Postbox):
    by_code(verified, token, sent)
    link = postbox.token(OLD, count=2)
    verified.clock.advance(days=7)

    assert undo(verified, link)["__typename"] == "ExpiredLinkError"
    assert undo(verified, "x" * 64)["__typename"] == "InvalidLinkError"


def test_who_changes_the_address_twice_cannot_end_the_first_owners_undo(
    verified: Service, token: str, sent: str, postbox: Postbox
):
    by_code(verified, token, sent)
    verified.clock.advance(minutes=1)
    request(verified, token, "third@example.com")
    by_code(verified, token, postbox.code("third@example.com"))
    strangers = postbox.token(NEW, count=3)

    assert undo(verified, strangers)["__typename"] == "EmailChangeUndone"
    assert undo(verified, postbox.token(OLD, count=2))["__typename"] == "EmailChangeUndone"

    reset = verified.reset(postbox.reset_code(OLD, count=3))
    assert reset["user"]["email"] == OLD
