"""Passwords that are known from data breaches, in a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.breached_lists import BREACHED, ERROR, UNHEARD, built, errors, looked_up
from harness.polling import eventually
from harness.postbox import Postbox
from harness.service import Service, running

ADA = "ada@example.com"
NO_ROLE = {
    "__typename": "RoleNotAllowedError",
    "field": "role",
    "message": "Role must be one of: customer.",
    "allowedRoles": ["customer"],
}
sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def listed(settings: dict[str, str], tmp_path: Path) -> Iterator[Service]:
    """A server with a file of breached passwords."""
    file = built(tmp_path, BREACHED, "another one")
    with running(**settings, BREACHED_PASSWORDS=str(file), METRICS="on") as service:
        yield service


def test_a_password_in_the_file_is_refused_with_all_other_problems_and_others_are_not(
    listed: Service,
):
    assert errors(listed.register(password=BREACHED, role="king")) == [ERROR, NO_ROLE]
    assert errors(listed.register(password="short"))[0]["__typename"] == "PasswordTooShortError"
    assert listed.register(password=UNHEARD)["__typename"] == "RegisterSuccess"
    # The address is taken now, which such a password does not tell.
    assert errors(listed.register(password=BREACHED)) == [ERROR]
    counted = {"found": 2, "not_found": 1, "failed": 0}
    eventually(lambda: looked_up(listed) == counted, "the metrics")


@sqlite
def test_a_password_in_the_file_is_refused_at_a_change_and_a_reset_and_spends_nothing(
    listed: Service, postbox: Postbox
):
    listed.register()
    listed.verify(postbox.code(ADA))
    token = listed.login()["accessToken"]
    refused = [{**ERROR, "field": "newPassword"}]

    assert errors(listed.change_password(token, new=BREACHED)) == refused
    listed.request_reset()
    code, link = postbox.reset_code(ADA, count=2), postbox.token(ADA, count=2)
    assert errors(listed.reset(code, password=BREACHED)) == refused
    assert errors(listed.reset_by_link(link, password=BREACHED)) == refused
    assert listed.reset(code)["__typename"] == "PasswordResetSuccess"


@sqlite
def test_a_password_is_looked_up_in_the_form_in_which_it_is_stored(
    settings: dict[str, str], tmp_path: Path
):
    file = built(tmp_path, "caf\u00e9 caf\u00e9")
    with running(**settings, BREACHED_PASSWORDS=str(file)) as service:
        assert errors(service.register(password="cafe\u0301 cafe\u0301")) == [ERROR]
