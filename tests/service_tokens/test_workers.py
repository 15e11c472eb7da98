"""Keys are replaced while several workers issue tokens and other services check them."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import jwt
import pytest
from harness.paths import OPERATIONS
from harness.polling import eventually
from harness.postbox import Postbox
from harness.processes import Server, serving
from harness.service_tokens import Operator

from accounts.service_tokens.signing_keys import Algorithm
from server.clock import utc_now

ISSUE = (OPERATIONS / "issue_service_token.graphql").read_text()


class Traffic:
    """Tokens that are issued on new connections, each introspected at once."""

    def __init__(self, server: Server, session: str, service_key: str) -> None:
        self._url = server.url
        self._session = {"authorization": f"Bearer {session}"}
        self._service = {"authorization": f"Bearer {service_key}"}
        self.keys: Counter[str] = Counter()
        self.stopped = threading.Event()

    def run(self) -> None:
        body = {"query": ISSUE, "variables": {"audience": "posts"}}
        while not self.stopped.is_set():
            with httpx.Client(base_url=self._url, timeout=30) as http:
                answer = http.post("/graphql", json=body, headers=self._session).json()
                token = answer["data"]["issueServiceToken"]["jwt"]
                told = http.post("/introspect", data={"token": token}, headers=self._service)
                assert told.json()["active"] is True, answer
            self.keys[jwt.get_unverified_header(token)["kid"]] += 1


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_all_workers_sign_with_a_new_key_at_once_and_no_token_fails_meanwhile(
    settings: dict[str, str], postbox: Postbox, service_key: str
):
    limits = {"RATE_LIMITS": "off"}
    operator: Any = Operator(settings, utc_now)
    operator.audience()
    with serving("--workers", "2", **settings, **limits) as server, ThreadPoolExecutor(4) as pool:
        server.register()
        server.verify(postbox.code("ada@example.com"))
        traffic = Traffic(server, server.login()["accessToken"], service_key)
        running = [pool.submit(traffic.run) for _ in range(4)]
        try:
            for algorithm in (Algorithm.EDDSA, Algorithm.ES256, Algorithm.EDDSA):
                key = operator.rotate(at_once=True, algorithm=algorithm).key.kid
                after = traffic.keys.total() + 2 * len(running)
                eventually(
                    lambda after=after: (
                        traffic.keys.total() > after or any(each.done() for each in running)
                    ),
                    "more tokens",
                )
                seen = traffic.keys.copy()
                eventually(
                    lambda seen=seen: (
                        traffic.keys.total() > seen.total() + 20
                        or any(each.done() for each in running)
                    ),
                    "even more tokens",
                )
                assert set(traffic.keys - seen) == {key}
        finally:
            traffic.stopped.set()
        for each in running:
            each.result()
