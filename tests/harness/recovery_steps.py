"""Steps of people who recover an account, and what the mails to them have."""

import os

from harness.parallel_requests import Ask
from harness.polling import eventually
from harness.postbox import Postbox
from harness.service import Service

ADDRESS = "ada@example.com"
ONE = "secure_password"
ROUNDS = int(os.environ.get("ROUNDS", "6"))
"""How often a race is tried; more by hand: ROUNDS=200."""


def login_of(password: str, email: str = ADDRESS) -> Ask:
    return Ask("login", {"email": email, "password": password})


def register_and_verify(service: Service, postbox: Postbox) -> None:
    service.register()
    service.verify(postbox.code(ADDRESS))


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
