"""What ends up in a log by accident is a repr, and no repr holds a secret or a full address."""

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from harness.service import environment

import accounts
import graph
import mail
import models
import server
from accounts.keyring import Keyring
from accounts.login.log_in import LoggedIn
from accounts.registration.input import Accepted, Candidate
from accounts.transfer.lines import UserLine
from graph.mutations.login import LoginInput
from graph.mutations.verify_email import VerifyEmailInput
from graph.transport.request import GraphQLRequest
from models import OutgoingMail, Session, User
from server.settings import Settings

SECRET = "canary"
PRIVATE = {
    *("password", "password_hash", "otp", "token", "access_token", "bearer", "link", "query"),
    *("variables", "email", "invited_by", "recipient", "reply_to", "text", "html"),
}
"""What a field is called that holds a secret or an address, wherever it is."""


def dataclasses_of_the_project() -> Iterator[type]:
    for package in (accounts, graph, mail, models, server):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" in module.name:
                continue
            for _, kind in inspect.getmembers(
                importlib.import_module(module.name), inspect.isclass
            ):
                if dataclasses.is_dataclass(kind) and kind.__module__ == module.name:
                    yield kind


def test_no_dataclass_shows_a_field_with_a_secrets_name():
    kinds = list(dataclasses_of_the_project())

    shown = [
        f"{kind.__module__}.{kind.__name__}.{field.name}"
        for kind in kinds
        for field in dataclasses.fields(kind)
        if field.repr and field.name in PRIVATE and kind.__repr__ is not object.__repr__
    ]

    assert shown == []
    assert len(kinds) > 40


@pytest.mark.parametrize(
    "value",
    [
        Candidate(email=f"{SECRET}@example.com", password=SECRET, name=SECRET, invited_by=SECRET),
        Accepted(email=SECRET, password=SECRET, name=SECRET, role="member", invited_by=SECRET),
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
