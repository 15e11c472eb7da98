"""The server under test: the real application behind a real uvicorn, with a clock of its own."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import uvicorn
from harness.paths import OPERATIONS
from harness.polling import eventually
from harness.settings import CHEAP_HASHES, ROOMY, environment

from server.app import application
from server.process.uvicorn_server import HTTP, WEBSOCKETS
from server.settings import Settings


class Clock:
    """Time that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> None:
        self.now += timedelta(**duration)


class Service:
    """A client of a running server: one method for each operation of the API."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.url = url
        self.clock = clock
        self.http = httpx.Client(base_url=url, timeout=30)

    def execute(
        self, query: str, variables: dict[str, Any] | None = None, *, token: str | None = None
    ) -> dict[str, Any]:
        """The whole body of an answer."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        body = {"query": query, "variables": variables}
        return self.http.post("/graphql", json=body, headers=headers).json()

    def run(self, name: str, *, token: str | None = None, **variables: Any) -> Any:
        """The answer of one of the operations in `clients/operations`."""
        body = self.execute((OPERATIONS / f"{name}.graphql").read_text(), variables, token=token)
        assert "errors" not in body, body
        return next(iter(body["data"].values()))

    def register(self, **changed: Any) -> Any:
        """Registers Ada, with what a test wants otherwise; None leaves a field out."""
        given = {"name": "Ada Lovelace", "email": "ada@example.com", "password": "secure_password"}
        chosen = {key: value for key, value in {**given, **changed}.items() if value is not None}
        return self.run("register", input=chosen)

    def verify(self, otp: str, email: str = "ada@example.com") -> Any:
        return self.run("verify_email", input={"email": email, "otp": otp})

    def verify_by_link(self, token: str) -> Any:
        return self.run("verify_email_by_link", input={"token": token})

    def resend(self, email: str = "ada@example.com") -> Any:
        return self.run("resend_verification", input={"email": email})

    def resend_by_link(self, token: str) -> Any:
        return self.run("resend_verification_by_link", input={"token": token})

    def login(self, email: str = "ada@example.com", password: str = "secure_password") -> Any:
        return self.run("login", input={"email": email, "password": password})

    def request_reset(self, email: str = "ada@example.com") -> Any:
        return self.run("request_password_reset", input={"email": email})

    def request_reset_by_link(self, token: str) -> Any:
        return self.run("request_password_reset_by_link", input={"token": token})

    def reset(
        self, otp: str, email: str = "ada@example.com", password: str = "another_password"
    ) -> Any:
        given = {"email": email, "otp": otp, "newPassword": password}
        return self.run("reset_password", input=given)

    def reset_by_link(self, token: str, password: str = "another_password") -> Any:
        given = {"token": token, "newPassword": password}
        return self.run("reset_password_by_link", input=given)

    def change_password(
        self,
        token: str | None,
        current: str = "secure_password",
        new: str = "another_password",
        **more: Any,
    ) -> Any:
        given = {"currentPassword": current, "newPassword": new, **more}
        return self.run("change_password", token=token, input=given)

    def disown(self, token: str) -> Any:
        return self.run("disown_registration", input={"token": token})

    def allow_registration(self, token: str) -> Any:
        return self.run("allow_registration", input={"token": token})

    def secure(self, token: str) -> Any:
        return self.run("secure_account", input={"token": token})

    def sessions(self, token: str | None) -> Any:
        viewer = self.run("viewer_sessions", token=token)
        return viewer and viewer["sessions"]

    def logout(self, token: str | None) -> Any:
        return self.run("logout", token=token)

    def viewer(self, token: str | None) -> Any:
        return self.run("viewer", token=token)

    def update_profile(self, token: str | None, **given: Any) -> Any:
        return self.run("update_profile", token=token, input=given)

    def policy(self, tenant: str | None = None) -> Any:
        return self.run("registration_policy", tenant=tenant)


@contextmanager
def running(clock: Clock | None = None, **settings: str) -> Iterator[Service]:
    """The server in a thread of this process, so that its clock can be handed in."""
    clock = clock or Clock()
    # Bound here, and not by the server: another process could take a free port in between.
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with environment(**{**CHEAP_HASHES, **ROOMY, **settings}):
        read = Settings.read()
    app = application(read, public_url=read.public_url or url, clock=clock)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=HTTP,
            ws=WEBSOCKETS,
            log_config=None,
            access_log=False,
            # A page that is still open would be waited for: signals come to the main thread only.
            timeout_graceful_shutdown=2,
        )
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        eventually(lambda: server.started or not thread.is_alive(), "the server's start")
        assert server.started
        yield Service(url, clock)
    finally:
        server.should_exit = True
        thread.join()
