"""Resets, changes, an undo, a deletion and logins at the same moment, on several workers."""

from collections import Counter

import pytest
from harness.database import rows
from harness.parallel_requests import Ask, all_at_once, kinds
from harness.postbox import Postbox
from harness.processes import serving
from harness.recovery_steps import (
    ADDRESS,
    ONE,
    ROUNDS,
    link_to,
    login_of,
    register_and_verify,
    reset_link,
)
from harness.service import Service

pytestmark = pytest.mark.parametrize("database_url", ["postgres", "sqlite"], indirect=True)


def test_whatever_happens_at_once_leaves_one_consistent_account(
    unlimited: dict[str, str], workers: list[str], postbox: Postbox, database_url: str
):
    with serving(*workers, **unlimited) as service:
        register_and_verify(service, postbox)
        outcomes: Counter[str] = Counter()
        for number in range(ROUNDS):
            rows(database_url, f"UPDATE users SET email = '{ADDRESS}'")
            outcomes += one_round(service, postbox, database_url, number)

    assert outcomes["InternalError"] == outcomes["UnavailableError"] == 0
    changes = ("EmailChanged", "PasswordResetSuccess", "PasswordChanged")
    assert sum(outcomes[kind] for kind in changes) >= ROUNDS


def one_round(service: Service, postbox: Postbox, url: str, number: int) -> Counter[str]:
    """A reset, two changes of the password, one of the address and logins at once."""
    service.request_reset()
    service.reset_by_link(reset_link(postbox, 2 * number + 1), ONE)
    token = service.login()["accessToken"]
    new = f"ada{number}@example.com"
    service.run("request_email_change", token=token, input={"newEmail": new, "password": ONE})
    code = postbox.code(new)
    service.request_reset()
    link = reset_link(postbox, 2 * number + 2)

    def change(to: str) -> Ask:
        return Ask("change_password", {"currentPassword": ONE, "newPassword": to}, token)

    answers = all_at_once(
        service,
        [
            Ask("reset_password_by_link", {"token": link, "newPassword": "by_reset_1"}),
            change("by_change_1"),
            change("by_change_2"),
            Ask("confirm_email_change", {"otp": code}, token),
            login_of(ONE),
            login_of(ONE, new),
        ],
    )

    [user] = rows(url, "SELECT id, email FROM users")
    passwords = (ONE, "by_reset_1", "by_change_1", "by_change_2")
    right = [each for each in passwords if "accessToken" in service.login(user["email"], each)]
    assert len(right) == 1
    told = [answer.get("accessToken") for answer in answers]
    living = [each for each in told if each and service.viewer(each)]
    # Whoever logged in with another password than the one that holds is logged out.
    changed = kinds(answers)["PasswordChanged"]
    assert len(living) <= (changed if right[0].startswith("by_change") else len(told))
    return kinds(answers)


def test_an_undo_comes_out_on_top_of_all_that_happens_at_once(
    unlimited: dict[str, str], workers: list[str], postbox: Postbox, database_url: str
):
    with serving(*workers, **unlimited) as service:
        register_and_verify(service, postbox)
        outcomes: Counter[str] = Counter()
        for number in range(ROUNDS // 2):  # each has two mails more than the others
            rows(database_url, f"UPDATE users SET email = '{ADDRESS}', deletes_at = NULL")
            outcomes += round_with_undo(service, postbox, database_url, number)

    assert outcomes["InternalError"] == outcomes["UnavailableError"] == 0
    assert outcomes["EmailChangeUndone"] == ROUNDS // 2


def round_with_undo(service: Service, postbox: Postbox, url: str, number: int) -> Counter[str]:
    """An undo, a reset, a change of the password, a deletion and logins at once.

    The old mailbox takes the account back: whatever the others did, nobody is logged in, no
    password is right, and nothing is deleted.
    """
    service.request_reset()
    service.reset_by_link(link_to(postbox, ADDRESS, "/reset-password", 2 * number + 1), ONE)
    token = service.login()["accessToken"]
    new = f"ada{number}@example.com"
    service.run("request_email_change", token=token, input={"newEmail": new, "password": ONE})
    service.run("confirm_email_change", token=token, input={"otp": postbox.code(new)})
    undo = link_to(postbox, ADDRESS, "/undo-email-change", number + 1)
    service.request_reset(new)
    reset = link_to(postbox, new, "/reset-password", 1)

    answers = all_at_once(
        service,
        [
            Ask("undo_email_change", {"token": undo}),
            Ask("reset_password_by_link", {"token": reset, "newPassword": "by_reset_1"}),
            Ask("change_password", {"currentPassword": ONE, "newPassword": "by_change"}, token),
            Ask("request_account_deletion", {"password": ONE}, token),
            login_of(ONE),
            login_of(ONE, new),
        ],
    )

    found = rows(url, "SELECT email, password_hash, deletes_at FROM users")
    assert found == [{"email": ADDRESS, "password_hash": "!", "deletes_at": None}]
    told = [token, *(answer["accessToken"] for answer in answers if "accessToken" in answer)]
    assert [service.viewer(each) for each in told] == [None] * len(told)
    link_to(postbox, ADDRESS, "/reset-password", 2 * number + 2)  # the undo mails one
    return kinds(answers)
