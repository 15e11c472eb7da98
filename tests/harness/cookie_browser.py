"""A page in a browser, which keeps the cookie of its session."""

from typing import Any

import httpx
from harness.paths import OPERATIONS
from harness.service import Service

ADDRESS = "ada@example.com"
CREDENTIALS = {"email": ADDRESS, "password": "secure_password", "transport": "COOKIE"}
VIEWER = {"query": "{ viewer { email } }"}
ADA = {"data": {"viewer": {"email": ADDRESS}}}
NOBODY = {"data": {"viewer": None}}


class Browser:
    """A page of this origin, with the cookie that the server's answers set."""

    def __init__(self, service: Service, origin: str | None = None) -> None:
        self._http = service.http
        self._origin = {"origin": origin or service.url}
        self.cookie: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        return self._origin | ({"cookie": f"x=1; {self.cookie}; y=2"} if self.cookie else {})

    def post(self, body: dict[str, Any], **more: str) -> httpx.Response:
        answer = self._http.post("/graphql", json=body, headers=self.headers | more)
        if "set-cookie" in answer.headers:
            pair, _, rest = answer.headers["set-cookie"].partition(";")
            self.cookie = None if "Max-Age=0" in rest else pair
        return answer

    def run(self, name: str, **given: Any) -> Any:
        """The answer of one of the operations in `clients/operations`, with its `Set-Cookie`."""
        query = (OPERATIONS / f"{name}.graphql").read_text()
        answer = self.post({"query": query, "variables": {"input": given} if given else None})
        [data] = answer.json()["data"].values()
        return data, answer.headers.get("set-cookie")

    def login(self, **changed: str) -> Any:
        return self.run("login", **{**CREDENTIALS, **changed})
