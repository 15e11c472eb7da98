"""Deletions of accounts, as tests ask for them and carry them out."""

from typing import Any

from harness.processes import connectx
from harness.service import Service


def request(service: Service, token: str | None, password: str = "secure_password") -> Any:
    given = {"password": password}
    return service.run("request_account_deletion", token=token, input=given)


def cancel(service: Service, token: str) -> Any:
    return service.run("cancel_account_deletion", input={"token": token})


def sweep(settings: dict[str, str]) -> str:
    return connectx("db", "sweep", **settings).stdout
