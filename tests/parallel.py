"""Many requests at once, each on a connection of its own."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
from service import OPERATIONS, Service


def at_once(service: Service, operation: str, inputs: Sequence[dict[str, Any]]) -> list[Any]:
    """The answers to one of the operations in `clients/operations`, in the order of `inputs`."""
    query = (OPERATIONS / f"{operation}.graphql").read_text()

    async def ask(http: httpx.AsyncClient, given: dict[str, Any]) -> Any:
        body = {"query": query, "variables": {"input": given}}
        answer = (await http.post("/graphql", json=body)).json()
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    async def ask_all() -> list[Any]:
        limits = httpx.Limits(max_connections=len(inputs))
        async with httpx.AsyncClient(base_url=service.url, timeout=60, limits=limits) as http:
            return await asyncio.gather(*(ask(http, given) for given in inputs))

    return asyncio.run(ask_all())
