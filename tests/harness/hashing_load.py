"""Many requests that each need a hash, and how long each of them waits."""

import asyncio
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
import psutil
from harness.paths import OPERATIONS
from harness.processes import Server

THREADS = len(os.sched_getaffinity(0))

MEMORY = 64 * 1024
"""KiB for each hash."""

SLOW = {"ARGON2_MEMORY_KIB": str(MEMORY), "ARGON2_ITERATIONS": "4"}
PATIENT = {**SLOW, "ARGON2_ITERATIONS": "2", "HASHING_WAIT": "60", "REQUEST_TIMEOUT": "120"}
PARALLEL = 40
NUMBERS = count()


@dataclass
class Answer:
    value: dict[str, Any]
    seconds: float

    @property
    def kind(self) -> str:
        return str(self.value["__typename"])


def body(operation: str, given: dict[str, str]) -> dict[str, Any]:
    query = (OPERATIONS / f"{operation}.graphql").read_text()
    return {"query": query, "variables": {"input": given}}


def at_once(
    server: Server, operation: str, given: Callable[[], dict[str, str]], parallel: int = PARALLEL
) -> tuple[list[Answer], int]:
    """The answers to parallel requests, and the most memory (bytes) that the server took."""

    async def ask(http: httpx.AsyncClient) -> Answer:
        begun = time.monotonic()
        answer = await http.post("/graphql", json=body(operation, given()))
        return Answer(next(iter(answer.json()["data"].values())), time.monotonic() - begun)

    async def ask_all() -> tuple[list[Answer], int]:
        limits = httpx.Limits(max_connections=parallel)
        async with httpx.AsyncClient(base_url=server.url, timeout=60, limits=limits) as http:
            # The connections first, so that only the answers are timed.
            await asyncio.gather(*(http.get("/healthz") for _ in range(parallel)))
            asked = asyncio.gather(*(ask(http) for _ in range(parallel)))
            most = 0
            while not asked.done():
                most = max(most, psutil.Process(server.pid).memory_info().rss)
                await asyncio.wait({asked}, timeout=0.02)
            return await asked, most

    return asyncio.run(ask_all())


def person() -> dict[str, str]:
    email = f"person{next(NUMBERS)}@example.com"
    return {"name": "Ada", "email": email, "password": "secure_password"}


def wrong_login() -> dict[str, str]:
    return {"email": "ada@example.com", "password": "wrong_password"}
