"""A policy under which a login by another kind of client is told by mail."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from harness.database import rows
from harness.postbox import Postbox
from harness.service import Service, running
from harness.user_agents import FIREFOX, login_from

ADDRESS = "ada@example.com"
NOTICES = "SELECT recipient FROM outgoing_mails WHERE letter = 'new_login'"


@pytest.fixture
def service(settings: dict[str, str], tmp_path: Path, postbox: Postbox) -> Iterator[Service]:
    """Ada is verified, and has logged in by Python."""
    policy = tmp_path / "watchful.toml"
    policy.write_text(
        'roles = ["buyer"]\ndefaultRole = "buyer"\nverificationMethods = ["OTP"]\n'
        "noticeNewLogins = true\n"
    )
    with running(**{**settings, "POLICY": str(policy)}) as service:
        continuation = service.register()["continuation"]
        service.verify(postbox.code(ADDRESS))
        service.run("continue_login", input={"continuation": continuation})
        yield service


def test_the_first_client_and_those_that_are_known_cause_no_notice(
    service: Service, database_url: str
):
    service.logout(service.login()["accessToken"])
    service.login()

    assert rows(database_url, NOTICES) == []


def test_another_client_is_told_once_with_a_link_that_takes_the_account_back(
    service: Service, postbox: Postbox
):
    strangers = login_from(service, FIREFOX)
    login_from(service, FIREFOX)

    notice = postbox.newest(ADDRESS, count=2)
    assert notice["subject"] == "New login to your account (ConnectX)"
    text = " ".join(notice.get_body(("plain",)).get_content().split())
    assert "Somebody logged in to your account at ConnectX with Firefox on Linux." in text
    assert service.secure(postbox.token(ADDRESS, count=2))["endedSessions"] == 3
    assert service.viewer(strangers) is None


def test_a_client_that_nobody_knows_is_told_without_a_name(service: Service, postbox: Postbox):
    login_from(service, "anything else")

    text = " ".join(postbox.newest(ADDRESS, count=2).get_body(("plain",)).get_content().split())
    assert "Somebody logged in to your account at ConnectX with another browser or app." in text


def test_of_many_logins_by_another_client_at_once_one_is_told(service: Service, database_url: str):
    service.http.headers["user-agent"] = FIREFOX
    with ThreadPoolExecutor() as apart:
        logins = list(apart.map(lambda _: service.login(), range(6)))

    assert {login["__typename"] for login in logins} == {"LoginSuccess"}
    assert rows(database_url, NOTICES) == [{"recipient": ADDRESS}]


def test_a_login_that_is_refused_makes_no_client_known(
    service: Service, postbox: Postbox, database_url: str
):
    service.http.headers["user-agent"] = FIREFOX
    assert service.login(password="wrong")["__typename"] == "InvalidCredentialsError"
    assert rows(database_url, NOTICES) == []

    service.login()

    assert rows(database_url, NOTICES) == [{"recipient": ADDRESS}]
