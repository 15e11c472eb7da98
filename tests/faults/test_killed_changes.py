"""A server that is killed between a change and its notice loses neither."""

import asyncio
import random
import threading
from typing import Any

import httpx
import pytest
from harness.database import rows
from harness.parallel_requests import at_once, people
from harness.paths import OPERATIONS
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import free_port
from harness.processes import serving

NOTICES = "SELECT recipient FROM outgoing_mails WHERE letter = 'password_changed'"


@pytest.mark.parametrize(
    ("database_url", "workers"), [("sqlite", 1), ("postgres", 2)], indirect=["database_url"]
)
def test_who_is_told_of_a_change_and_whose_password_is_changed_are_the_same_people(
    settings: dict[str, str], postbox: Postbox, database_url: str, workers: int
):
    port, hurried = free_port(), {**settings, "RATE_LIMITS": "off", "MAIL_LEASE": "2"}
    arguments = ("--workers", str(workers))
    given = [{"email": p["email"], "password": p["password"]} for p in people(60)]
    with serving(*arguments, port=port, **hurried) as server:
        at_once(server, "register", people(60))
        rows(database_url, "UPDATE users SET is_verified = TRUE")
        before = hashes(database_url)
        tokens = [answer["accessToken"] for answer in at_once(server, "login", given)]
        answers: list[Any] = []
        changing = threading.Thread(target=lambda: asyncio.run(change(server.url, tokens, answers)))
        changing.start()
        wanted = random.randint(1, 30)
        eventually(lambda: len(answers) >= wanted, "changes")
        server.kill()
        changing.join()

    after = hashes(database_url)
    changed = {email for email, hash_ in after.items() if hash_ != before[email]}
    told = [row["recipient"] for row in rows(database_url, NOTICES)]
    entries = rows(database_url, "SELECT id FROM audit_entries WHERE action = 'password_changed'")
    assert wanted <= len(answers) <= len(changed) < 60
    assert sorted(told) == sorted(changed)
    assert len(entries) == len(changed)
    with serving(*arguments, port=port, **hurried):
        for email in changed:
            postbox.newest(email, count=2)


def hashes(url: str) -> dict[str, str]:
    return {
        row["email"]: row["password_hash"]
        for row in rows(url, "SELECT email, password_hash FROM users")
    }


async def change(url: str, tokens: list[str], answers: list[Any]) -> None:
    """Changes the password of each session, a few at a time, and keeps what is answered."""
    query = (OPERATIONS / "change_password.graphql").read_text()
    given = {"currentPassword": "secure_password", "newPassword": "another_password"}
    some = asyncio.Semaphore(4)

    async def one(http: httpx.AsyncClient, token: str) -> None:
        async with some:
            body = {"query": query, "variables": {"input": given}}
            headers = {"authorization": f"Bearer {token}"}
            try:
                answer = (await http.post("/graphql", json=body, headers=headers)).json()
            except httpx.TransportError:
                return  # the server is gone
            if answer["data"]["changePassword"]["__typename"] == "PasswordChanged":
                answers.append(answer)

    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        await asyncio.gather(*(one(http, token) for token in tokens))
