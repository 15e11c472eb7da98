"""Operations on one account that are sent at the same moment."""

import asyncio
import os
from collections.abc import Sequence
from typing import Any, NamedTuple

import httpx
from harness.inbox import Postbox, eventually
from harness.paths import OPERATIONS
from harness.service import Service

ADDRESS = "ada@example.com"
ONE = "secure_password"
ROUNDS = int(os.environ.get("ROUNDS", "6"))
"""How often a moment is tried; more by hand: ROUNDS=200."""


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
