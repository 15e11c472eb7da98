"""A soak that has come to its end, for the checks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from harness.codes import wrong
from harness.database import rows
from harness.paths import ROOT
from harness.polling import eventually
from harness.postbox import Postbox
from harness.service import Service

if TYPE_CHECKING:
    from soak.ledger import Ledger


@pytest.fixture
def benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The soak can be imported, as by its own command."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))


@pytest.fixture
def ledger(benchmarks: None, service: Service, postbox: Postbox, database_url: str) -> Ledger:
    """Ada is verified after a wrong guess, Bob is not, and both mails are recorded as sent."""
    from soak.ledger import Ledger

    ledger = Ledger()
    for name in ("ada", "bob"):
        person = ledger.new_person(name)
        person.asked = True
        ledger.learn(person, service.register(email=person.email))
    ada = ledger.people["ada0@example.com"]
    code = postbox.code(ada.email)
    ledger.learn(ada, service.verify(wrong(code), email=ada.email))
    ledger.learn(ada, service.verify(code, email=ada.email))
    service.login(email=ada.email)
    sent = "SELECT id FROM outgoing_mails WHERE state = 'sent'"
    eventually(lambda: len(rows(database_url, sent)) == 2, "sent mails")
    return ledger
