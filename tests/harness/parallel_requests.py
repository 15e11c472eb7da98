"""Many requests at once, each on a connection of its own."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any

import httpx
from harness.paths import OPERATIONS
from harness.service import Service


def at_once(service: Service, operation: str, inputs: Sequence[dict[str, Any]]) -> list[Any]:
    """The answers to one of the operations in `clients/operations`, in the order of `inputs`."""
    return all_at_once(service, [(operation, given) for given in inputs])


def all_at_once(service: Service, requests: Sequence[tuple[str, dict[str, Any]]]) -> list[Any]:
    """The answers to operations with an input each, in the order of `requests`."""

    async def ask(http: httpx.AsyncClient, operation: str, given: dict[str, Any]) -> Any:
        query = (OPERATIONS / f"{operation}.graphql").read_text()
        body = {"query": query, "variables": {"input": given}}
        answer = (await http.post("/graphql", json=body)).json()
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    async def ask_all() -> list[Any]:
        limits = httpx.Limits(max_connections=len(requests))
        async with httpx.AsyncClient(base_url=service.url, timeout=60, limits=limits) as http:
            return await asyncio.gather(*(ask(http, *request) for request in requests))

    return asyncio.run(ask_all())


def people(count: int) -> list[dict[str, str]]:
    """Inputs of as many registrations."""
    return [
        {"name": "Ada", "email": f"ada{number}@example.com", "password": "secure_password"}
        for number in range(count)
    ]


def kinds(answers: Sequence[dict[str, object]]) -> Counter[object]:
    """How many answers there are of each type."""
    return Counter(answer["__typename"] for answer in answers)
