"""Documents that were never sent before, until a client may send no more of them."""

from itertools import count

import httpx
from harness.processes import Server

NUMBERS = count()
USED_UP = "Too many documents that are new, were rejected or read the schema"


def costly() -> str:
    """A document that was never sent before, and is among the most costly that pass the limits."""
    return f"query N{next(NUMBERS)} {{ {'viewer { id } ' * 98} }}"


def send(server: Server, client: str, query: str, method: str = "POST") -> httpx.Response:
    headers = {"x-forwarded-for": client}
    if method == "GET":
        return server.http.get("/graphql", params={"query": query}, headers=headers)
    return server.http.post("/graphql", json={"query": query}, headers=headers)


def exhaust(server: Server, client: str, new=costly, method: str = "POST") -> httpx.Response:
    """The first refusal of a client that sends nothing but what `new` returns."""
    for _ in range(1_000):
        answer = send(server, client, new(), method)
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            return answer
    raise AssertionError("a thousand documents were taken")
