"""Many requests at once, each on a connection of its own."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import httpx
from harness.paths import OPERATIONS
from harness.service import Service


class Ask(NamedTuple):
    operation: str
    given: dict[str, Any]
    """Its input."""
    token: str | None = None
    """Of a session."""


def at_once(service: Service, operation: str, inputs: Sequence[dict[str, Any]]) -> list[Any]:
    """The answers to one of the operations in `clients/operations`, in the order of `inputs`."""
    return all_at_once(service, [Ask(operation, given) for given in inputs])


def all_at_once(service: Service, asks: Sequence[Ask]) -> list[Any]:
    """The answers to operations with an input each, in the order of `asks`."""

    async def one(http: httpx.AsyncClient, ask: Ask) -> Any:
        query = (OPERATIONS / f"{ask.operation}.graphql").read_text()
        headers = {"authorization": f"Bearer {ask.token}"} if ask.token else {}
        body = {"query": query, "variables": {"input": ask.given}}
        answer = (await http.post("/graphql", json=body, headers=headers)).json()
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    async def ask_all() -> list[Any]:
        limits = httpx.Limits(max_connections=len(asks))
        async with httpx.AsyncClient(base_url=service.url, timeout=60, limits=limits) as http:
            return await asyncio.gather(*(one(http, ask) for ask in asks))

    return asyncio.run(ask_all())


def people(count: int) -> list[dict[str, str]]:
    """Inputs of as many registrations."""
    return [
        {"name": "Ada", "email": f"ada{number}@example.com", "password": "secure_password"}
        for number in range(count)
    ]


def namesakes(count: int) -> list[dict[str, str]]:
    """Inputs of as many registrations of one address, each with a name and password of its own."""
    return [
        {
            "name": f"Ada {number}",
            "email": "ada@example.com",
            "password": f"secure_password{number}",
        }
        for number in range(count)
    ]


def kinds(answers: Sequence[dict[str, object]]) -> Counter[object]:
    """How many answers there are of each type."""
    return Counter(answer["__typename"] for answer in answers)


def only_registered(answers: Sequence[dict[str, Any]]) -> Any:
    """The user of the only registration that succeeded; to all others the address was taken."""
    assert kinds(answers) == {"RegisterSuccess": 1, "EmailAlreadyExistsError": len(answers) - 1}
    return next(answer["user"] for answer in answers if answer["__typename"] == "RegisterSuccess")
