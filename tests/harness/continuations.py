"""The token with which whoever has registered logs in without the password."""

from typing import Any

from harness.service import Service

ADDRESS = "ada@example.com"
PENDING, INVALID = "VerificationPendingError", "InvalidContinuationError"


def go_on(service: Service, token: str) -> Any:
    return service.run("continue_login", input={"continuation": token})


def kind(service: Service, token: str) -> str:
    return go_on(service, token)["__typename"]
