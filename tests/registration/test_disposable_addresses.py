"""`blockDisposableAddresses`: a policy may refuse the domains that give an address to anybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.service import Service, running

# No database is asked about a domain.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

POLICY = """
roles = ["customer"]
defaultRole = "customer"
verificationMethods = ["OTP"]
blockDisposableAddresses = true
"""
REFUSED = {
    "__typename": "InvalidInputError",
    "message": "Some fields need your attention.",
    "errors": [
        {
            "__typename": "InvalidEmailError",
            "suggestion": None,
            "field": "email",
            "message": "Disposable email addresses are not accepted.",
        }
    ],
}


@pytest.fixture
def strict(settings: dict[str, str], tmp_path: Path) -> Iterator[Service]:
    (tmp_path / "strict.toml").write_text(POLICY)
    with running(**settings, POLICY=str(tmp_path / "strict.toml")) as service:
        yield service


@pytest.mark.parametrize(
    "address", ["ada@mailinator.com", "ADA@MailInator.com", "ada@inbox.mailinator.com"]
)
def test_a_policy_may_refuse_a_disposable_domain_and_those_below_it(strict: Service, address: str):
    assert strict.register(email=address) == REFUSED


@pytest.mark.parametrize("address", ["ada@example.com", "ada@mailinator.com.example.com"])
def test_other_domains_are_accepted(strict: Service, address: str):
    assert strict.register(email=address)["__typename"] == "RegisterSuccess"


def test_an_inviter_may_have_any_address(strict: Service):
    answer = strict.register(invitedBy="grace@mailinator.com")

    assert answer["user"]["invitedBy"] == "grace@mailinator.com"


def test_a_policy_that_does_not_ask_for_it_refuses_no_domain(service: Service):
    assert service.register(email="ada@mailinator.com")["__typename"] == "RegisterSuccess"
