"""Resets, changes, logins and guesses at the same moment, on several workers."""

import asyncio
import os
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import httpx
import pytest
from harness.database import rows
from harness.inbox import Postbox, eventually, wrong
from harness.parallel_requests import kinds
from harness.paths import OPERATIONS
from harness.processes import serving
from harness.service import Service

ADDRESS = "ada@example.com"
ONE = "secure_password"
ROUNDS = int(os.environ.get("ROUNDS", "6"))
"""How often a moment is tried; more by hand: ROUNDS=200."""

pytestmark = pytest.mark.parametrize("database_url", ["postgres", "sqlite"], indirect=True)


class Ask(NamedTuple):
    operation: str
    given: dict[str, Any]
    token: str | None = None


def together(service: Service, asks: Sequence[Ask]) -> list[Any]:
    """The answers to operations that are sent in the same moment."""

    async def one(http: httpx.AsyncClient, ask: Ask) -> Any:
        query = (OPERATIONS / f"{ask.operation}.graphql").read_text()
        headers = {"authorization": f"Bearer {ask.token}"} if ask.token else {}
        body = {"query": query, "variables": {"input": ask.given}}
        answer = (await http.post("/graphql", json=body, headers=headers)).json()
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    async def all_of_them() -> list[Any]:
        limits = httpx.Limits(max_connections=len(asks))
        async with httpx.AsyncClient(base_url=service.url, timeout=60, limits=limits) as http:
            return await asyncio.gather(*(one(http, ask) for ask in asks))

    return asyncio.run(all_of_them())


def login(password: str, email: str = ADDRESS) -> Ask:
    return Ask("login", {"email": email, "password": password})


@pytest.fixture
def workers(settings: dict[str, str]) -> list[str]:
    """Four of them, but one on SQLite, which has a single process."""
    return ["--workers", "1" if settings["DATABASE_URL"].startswith("sqlite") else "4"]


@pytest.fixture
def unlimited(settings: dict[str, str]) -> dict[str, str]:
    return {**settings, "RATE_LIMITS": "off"}


def verified(service: Service, postbox: Postbox) -> None:
    service.register()
    service.verify(postbox.code(ADDRESS))


def test_no_session_is_alive_after_a_reset_however_many_log_in_meanwhile(
    unlimited: dict[str, str], workers: list[str], postbox: Postbox, database_url: str
):
    with serving(*workers, **unlimited) as service:
        verified(service, postbox)
        password = ONE
        for number in range(ROUNDS):
            service.request_reset()
            code = postbox.reset_code(ADDRESS, count=2 + 2 * number)
            new = f"password_number_{number}"
            reset = Ask("reset_password", {"email": ADDRESS, "otp": code, "newPassword": new})

            answers = together(service, [login(password)] * 4 + [reset] + [login(password)] * 4)

            assert kinds(answers)["PasswordResetSuccess"] == 1
            assert rows(database_url, "SELECT id FROM sessions") == []
            postbox.newest(ADDRESS, count=3 + 2 * number)
            password = new


def test_of_two_resets_at_once_one_sets_the_password(
    unlimited: dict[str, str], workers: list[str], postbox: Postbox
):
    with serving(*workers, **unlimited) as service:
        verified(service, postbox)
        for number in range(ROUNDS):
            service.request_reset()
            code = postbox.reset_code(ADDRESS, count=2 + 2 * number)
            token = postbox.token(ADDRESS, count=2 + 2 * number)
            given = {"email": ADDRESS, "otp": code, "newPassword": "by_code_1"}
            by_code = Ask("reset_password", given)
            by_link = Ask("reset_password_by_link", {"token": token, "newPassword": "by_link_1"})

            answers = together(service, [by_code, by_link] * 3)

            assert kinds(answers)["PasswordResetSuccess"] == 1
            postbox.newest(ADDRESS, count=3 + 2 * number)
            logins = [service.login(password=each) for each in ("by_code_1", "by_link_1")]
            assert sorted("accessToken" in answer for answer in logins) == [False, True]


def test_of_200_guesses_over_all_purposes_five_of_each_code_are_evaluated(
    unlimited: dict[str, str], workers: list[str], postbox: Postbox
):
    with serving(*workers, **unlimited) as service:
        service.register()
        registration = postbox.code(ADDRESS)
        service.request_reset()
        reset = postbox.reset_code(ADDRESS, count=2)
        guesses = [
            Ask("verify_email", {"email": ADDRESS, "otp": wrong(registration)}),
            Ask("reset_password", {"email": ADDRESS, "otp": wrong(reset), "newPassword": "x" * 9}),
        ]

        answers = together(service, guesses * 100)

        assert kinds(answers) == {"InvalidOtpError": 5, "TooManyAttemptsError": 195}
        assert service.reset(reset)["__typename"] == "TooManyAttemptsError"


def test_whatever_happens_at_once_leaves_one_consistent_account(
    unlimited: dict[str, str], workers: list[str], postbox: Postbox, database_url: str
):
    with serving(*workers, **unlimited) as service:
        verified(service, postbox)
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

    answers = together(
        service,
        [
            Ask("reset_password_by_link", {"token": link, "newPassword": "by_reset_1"}),
            change("by_change_1"),
            change("by_change_2"),
            Ask("confirm_email_change", {"otp": code}, token),
            login(ONE),
            login(ONE, new),
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


def reset_link(postbox: Postbox, number: int) -> str:
    """The token of the link in a mail for a reset, counted from 1."""
    return link_to(postbox, ADDRESS, "/reset-password", number)


def link_to(postbox: Postbox, address: str, page: str, number: int) -> str:
    """The token of the link to a page in a mail to the address, counted from 1."""

    def links() -> list[str]:
        mails = sorted(postbox.sent_to(address), key=lambda mail: str(mail["Message-ID"]))
        texts = [mail.get_body(("plain",)).get_content() for mail in mails]
        return [text.split("#token=")[1].split()[0] for text in texts if page in text]

    eventually(lambda: len(links()) >= number, f"{number} mails with {page}")
    return links()[number - 1]


def test_an_undo_comes_out_on_top_of_all_that_happens_at_once(
    unlimited: dict[str, str], workers: list[str], postbox: Postbox, database_url: str
):
    with serving(*workers, **unlimited) as service:
        verified(service, postbox)
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

    answers = together(
        service,
        [
            Ask("undo_email_change", {"token": undo}),
            Ask("reset_password_by_link", {"token": reset, "newPassword": "by_reset_1"}),
            Ask("change_password", {"currentPassword": ONE, "newPassword": "by_change"}, token),
            Ask("request_account_deletion", {"password": ONE}, token),
            login(ONE),
            login(ONE, new),
        ],
    )

    found = rows(url, "SELECT email, password_hash, deletes_at FROM users")
    assert found == [{"email": ADDRESS, "password_hash": "!", "deletes_at": None}]
    told = [token, *(answer["accessToken"] for answer in answers if "accessToken" in answer)]
    assert [service.viewer(each) for each in told] == [None] * len(told)
    link_to(postbox, ADDRESS, "/reset-password", 2 * number + 2)  # the undo mails one
    return kinds(answers)
