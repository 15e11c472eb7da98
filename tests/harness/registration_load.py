"""Registrations without a pause, and a memory of how each was answered."""

import threading
import time
from itertools import count
from types import TracebackType
from typing import Any, Self

import httpx
from harness.paths import OPERATIONS

_REGISTER = (OPERATIONS / "register.graphql").read_text()
_PASSWORD = "secure_password"


class Load:
    """Registers new people from several threads while the block runs.

    `answers` has the type of each answer by address. A request without an answer is in `lost`: what
    became of it nobody knows, as when a person closes the page.
    """

    def __init__(
        self, url: str, *, threads: int = 4, name: str = "person", patience: float = 30
    ) -> None:
        self.answers: dict[str, str] = {}
        self.lost: set[str] = set()
        self.slowest = 0.0
        self._url = url
        self._patience = patience
        self._begun = time.monotonic()
        self._name = name
        self._numbers = count()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._register) for _ in range(threads)]

    @property
    def registered(self) -> set[str]:
        """Who was answered with success."""
        # A copy, as the threads go on: in one piece, while a list of the items is made one by one.
        known = self.answers.copy()
        return {address for address, kind in known.items() if kind == "RegisterSuccess"}

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return time.monotonic() - self._begun

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _register(self) -> None:
        with httpx.Client(base_url=self._url, timeout=self._patience) as http:
            while not self._stop.is_set():
                address = f"{self._name}{next(self._numbers)}@example.com"
                try:
                    self.answers[address] = self._answer(http, address)
                except (httpx.TransportError, httpx.HTTPStatusError):
                    self.lost.add(address)
                    self._stop.wait(0.01)  # nobody listens: do not burn what it needs to start

    def _answer(self, http: httpx.Client, address: str) -> str:
        given = {"name": "Ada", "email": address, "password": _PASSWORD}
        body: dict[str, Any] = {"query": _REGISTER, "variables": {"input": given}}
        response = http.post("/graphql", json=body).raise_for_status()
        self.slowest = max(self.slowest, response.elapsed.total_seconds())
        return response.json()["data"]["register"]["__typename"]
