"""Changes of the address of Ada, as tests ask for them and confirm them."""

from typing import Any

from harness.postbox import Postbox
from harness.service import Service

OLD = "ada@example.com"
NEW = "lovelace@example.com"
THIRD = "third@example.com"
BOTH = """
roles = ["member"]
defaultRole = "member"
verificationMethods = ["OTP", "LINK"]
linkSeconds = 7200
emailChangeConfirms = "BOTH"
"""
"""A policy that asks both addresses."""


def ada(service: Service, postbox: Postbox, email: str = OLD) -> str:
    """The token of a session of Ada, who registers and verifies her address."""
    service.register(email=email)
    service.verify(postbox.code(email), email)
    return service.login(email)["accessToken"]


def request(service: Service, token: str | None, email: str = NEW, **given: Any) -> Any:
    given = {"newEmail": email, "password": "secure_password", **given}
    return service.run("request_email_change", token=token, input=given)


def request_later(service: Service, token: str, email: str = NEW) -> Any:
    """The same, once the cooldown is over."""
    service.clock.advance(minutes=1)
    return request(service, token, email)


def by_code(service: Service, token: str | None, otp: str) -> Any:
    return service.run("confirm_email_change", token=token, input={"otp": otp})


def by_link(service: Service, token: str) -> Any:
    return service.run("confirm_email_change_by_link", input={"token": token})


def half(answer: Any) -> Any:
    """Which address is missing."""
    assert answer["__typename"] == "EmailChangeHalfConfirmed", answer
    return answer["missing"]


def undo(service: Service, token: str) -> Any:
    return service.run("undo_email_change", input={"token": token})
