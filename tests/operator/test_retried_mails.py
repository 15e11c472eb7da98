"""Which failed mails `connectx mail retry` sends again: those whose code or link still works."""

from datetime import UTC, datetime, timedelta

import pytest
from harness.database import rows
from harness.operator_commands import Run
from harness.policies import CONCEALING
from harness.processes import connectx
from harness.service import Clock, Service, running

ADA = "ada@example.com"
LETTERS = "SELECT id, letter FROM outgoing_mails"

pytestmark = pytest.mark.settings(POLICY=CONCEALING, DELIVERY="off")


@pytest.fixture
def ids(settings: dict[str, str], database_url: str, clock: Clock) -> dict[str, str]:
    """Failed mails of Ada, by what they are about, of the last minutes."""
    clock.now = datetime.now(UTC) - timedelta(minutes=10)
    with running(clock, **settings) as service:
        service.register()
        rows(database_url, "UPDATE users SET is_verified = TRUE")
        clock.advance(minutes=2)
        service.register()
        _change_password(service)
        clock.advance(minutes=2)
        service.request_reset()
    rows(database_url, "UPDATE outgoing_mails SET state = 'failed'")
    return {mail["letter"]: str(mail["id"]) for mail in rows(database_url, LETTERS)}


def _change_password(service: Service) -> None:
    changed = service.change_password(service.login()["accessToken"])
    assert changed["__typename"] == "PasswordChanged"


def end_links(url: str, purpose: str) -> None:
    past = "'2020-01-01 00:00:00+00:00'"
    rows(
        url,
        f"UPDATE email_verifications SET link_expires_at = {past}, otp_expires_at = {past} "
        f"WHERE purpose = '{purpose}'",
    )


def test_mails_are_retried_while_their_links_work_and_mails_without_one_always(
    settings: dict[str, str], connect: Run, ids: dict[str, str]
):
    assert sorted(ids) == ["account_exists", "password_changed", "password_reset", "verification"]

    answer = connect("mail", "retry", "--failed")

    # The address is verified.
    wanted = [id_ for letter, id_ in ids.items() if letter != "verification"]
    assert (sorted(answer["retried"]), answer["noLongerOfUse"]) == (sorted(wanted), 1)


def test_a_notice_whose_link_has_ended_is_not_sent_again(
    settings: dict[str, str], connect: Run, ids: dict[str, str], database_url: str
):
    end_links(database_url, "SECURE_ACCOUNT")

    refused = connectx("mail", "retry", ids["password_changed"], **settings)
    without_link = connect("mail", "retry", ids["account_exists"])

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "is of no use any more" in refused.stderr
    assert without_link["retried"] == [ids["account_exists"]]


def test_a_mail_for_a_reset_is_sent_again_only_while_its_code_or_link_works(
    settings: dict[str, str], connect: Run, database_url: str, clock: Clock
):
    clock.now = datetime.now(UTC)
    with running(clock, **settings) as service:
        service.register()
        rows(database_url, "UPDATE users SET is_verified = TRUE")
        service.request_reset()
    rows(database_url, "UPDATE outgoing_mails SET state = 'failed'")
    [reset] = rows(database_url, f"{LETTERS} WHERE letter = 'password_reset'")
    mail = str(reset["id"])

    working = connect("mail", "retry", mail)
    rows(database_url, "UPDATE outgoing_mails SET state = 'failed'")
    end_links(database_url, "PASSWORD_RESET")
    ended = connectx("mail", "retry", mail, **settings)

    assert working == {"retried": [mail], "noLongerOfUse": 0}
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "is of no use any more" in ended.stderr


def test_of_the_mails_with_a_code_only_the_newest_is_of_use(
    settings: dict[str, str], connect: Run, database_url: str, clock: Clock
):
    clock.now = datetime.now(UTC)
    with running(clock, **{**settings, "POLICY": "customer"}) as service:
        service.register()
        clock.advance(minutes=2)
        service.resend()
    rows(database_url, "UPDATE outgoing_mails SET state = 'failed'")

    newest, replaced = connect("mail", "list")
    refused = connectx("mail", "retry", replaced["id"], **settings)
    retried = connect("mail", "retry", newest["id"])

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "is of no use any more" in refused.stderr
    assert "resendVerification" in refused.stderr
    assert retried == {"retried": [newest["id"]], "noLongerOfUse": 0}
    states = rows(database_url, "SELECT state FROM outgoing_mails ORDER BY id")
    assert [mail["state"] for mail in states] == ["failed", "queued"]
