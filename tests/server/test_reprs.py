"""What ends up in a log by accident is a repr, and no repr holds a secret or a full address."""

import dataclasses
import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import Enum

import pytest
from harness.settings import environment
from pydantic import BaseModel, SecretStr

import accounts
import graph
import mail
import models
import server
from accounts.keyring import Keyring
from accounts.login.log_in import LoggedIn
from accounts.profile.check import TypedValue
from accounts.registration.input import Candidate, CheckedCandidate
from accounts.transfer.lines import UserLine
from graph.mutations.login import LoginInput
from graph.mutations.verify_email import VerifyEmailInput
from graph.transport.request import GraphQLRequest
from graph.types.profile import ProfileValueInput
from models import OutgoingMail, Session, User
from server.settings import Settings

SECRET = "canary"
PRIVATE = {
    *("bearer", "link", "query", "variables", "email", "invited_by", "recipient", "reply_to"),
    *("text", "html"),
}
"""Names of fields that hold an address, or what somebody typed, wherever they are."""


_SECRET = re.compile("password|token|otp|secret|code")
"""What is part of the name of a field that may hold a secret."""

_HARMLESS = {int, float, bool, datetime, timedelta, SecretStr, type(None)}
"""Types of which no value is a secret, or that hide it themselves: a password's least length."""


def classes_of_the_project() -> Iterator[type]:
    for package in (accounts, graph, mail, models, server):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" in module.name:
                continue
            for _, kind in inspect.getmembers(
                importlib.import_module(module.name), inspect.isclass
            ):
                if kind.__module__ == module.name:
                    yield kind


def shown_fields(kind: type) -> list[str]:
    """The fields that are in a class's repr, as it is made by one of the ways that are in use."""
    if kind.__repr__ is object.__repr__:
        return []
    if dataclasses.is_dataclass(kind):
        return [field.name for field in dataclasses.fields(kind) if field.repr]
    if issubclass(kind, BaseModel):
        return [name for name, field in kind.model_fields.items() if field.repr]
    return list(getattr(kind, "_fields", ()))  # a named tuple's


def may_hold_a_secret(kind: type, field: str) -> bool:
    hint = typing.get_type_hints(kind)[field]
    kinds = set(typing.get_args(hint) or (hint,)) - _HARMLESS
    # The members of an enum are in the source.
    return not all(isinstance(kind, type) and issubclass(kind, Enum) for kind in kinds)


KINDS = [(kind, shown_fields(kind)) for kind in classes_of_the_project()]


def test_no_repr_shows_a_field_with_the_name_of_a_secret():
    shown = [
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind, names in KINDS
        for name in names
        if _SECRET.search(name) and may_hold_a_secret(kind, name)
    ]

    assert shown == []
    assert sum(bool(names) for _, names in KINDS) > 40


def test_no_repr_shows_a_field_with_an_address_or_with_what_was_typed():
    shown = [
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind, names in KINDS
        for name in names
        if name in PRIVATE
    ]

    assert shown == []


@pytest.mark.parametrize(
    "value",
    [
        Candidate(
            email=f"{SECRET}@example.com",
            password=SECRET,
            name=SECRET,
            invited_by=SECRET,
            profile=[TypedValue("phone", SECRET)],
        ),
        CheckedCandidate(
            email=SECRET,
            password=SECRET,
            name=SECRET,
            role="member",
            invited_by=SECRET,
            profile={"phone": SECRET},
        ),
        TypedValue("phone", SECRET),
        ProfileValueInput(key="phone", value=SECRET),
        LoggedIn(
            User(email=SECRET, password_hash=SECRET), SECRET, datetime(2026, 1, 2, tzinfo=UTC)
        ),
        LoginInput(email=SECRET, password=SECRET),
        VerifyEmailInput(email=SECRET, otp=SECRET),
        GraphQLRequest(query=SECRET, variables={"password": SECRET}, operation_name=None),
        Keyring([SECRET * 6]),
        UserLine(
            email=SECRET,
            name=SECRET,
            verified=True,
            created="2026-01-02T00:00:00Z",
            passwordHash=SECRET,
            invitedBy=SECRET,
            profile={"phone": SECRET},
        ),
        User(email=SECRET, password_hash=SECRET, name=SECRET),
        OutgoingMail(recipient=SECRET, data={"product": SECRET}),
        Session(token_hash=SECRET),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_repr_holds_nothing_that_was_typed(value: object):
    assert SECRET not in f"{value!r} {value}"


def test_the_settings_show_none_of_their_secrets():
    with environment(
        SECRET_KEY=SECRET * 6,
        DATABASE_URL=f"postgres://ada:{SECRET}@localhost/connectx",
        SMTP_URL=f"smtp://ada:{SECRET}@localhost",
        RATE_LIMIT_URL=f"redis://:{SECRET}@localhost",
    ):
        settings = Settings.read()

    assert SECRET not in f"{settings!r} {settings}"
