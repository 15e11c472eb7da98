"""`connectx users`, beside a server that runs."""

import json
import subprocess

import pytest
from harness.database import create_tenant, dump, rows
from harness.operator_commands import AUDIT, Run, changes
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Service

ADA, GRACE, NOBODY = "ada@example.com", "grace@example.com", "nobody@example.com"


@pytest.fixture
def token(service: Service, postbox: Postbox) -> str:
    """Ada is registered, verified and logged in."""
    service.register()
    service.verify(postbox.code(ADA))
    return service.login()["accessToken"]


def test_users_are_listed_newest_first_and_searched(
    service: Service, settings: dict[str, str], connect: Run, database_url: str
):
    church = create_tenant(database_url)
    service.register()
    given = [{"key": "birthday", "value": "1906-12-09"}]
    service.register(email=GRACE, name="[/red] Hopper", role="member", tenant=church, profile=given)
    rows(database_url, f"UPDATE users SET is_verified = TRUE WHERE email = '{ADA}'")

    everybody = connect("users", "list")
    grace = connect("users", "show", GRACE)
    table = connectx("users", "list", **settings).stdout

    assert [user["email"] for user in everybody] == [GRACE, ADA]
    assert everybody[0] == {
        "id": everybody[0]["id"],
        "email": GRACE,
        "name": "[/red] Hopper",
        "role": "member",
        "tenantId": church,
        "isVerified": False,
        "createdAt": "2026-01-02T03:04:05.678901+00:00",
    }
    assert grace["profile"] == {"birthday": "1906-12-09"}
    assert (grace["isProfileComplete"], grace["missingProfileFields"]) == (False, ["phone"])
    for options in (("--tenant", church), ("--role", "Member"), ("--unverified",)):
        assert connect("users", "list", *options) == everybody[:1]
    assert connect("users", "list", "--verified", "--search", "LOVE") == everybody[1:]
    assert connect("users", "list", "--search", "%") == []
    cells = [everybody[0]["id"], GRACE, "[/red] Hopper", "member", "no", church]
    listed = [[cell.strip() for cell in line.split("│")[1:-1]] for line in table.splitlines()]
    assert cells in [row[:-1] for row in listed]
    one = connectx("users", "list", "--limit", "1", **settings)
    assert (GRACE in one.stdout, ADA in one.stdout) == (True, False)
    assert one.stderr == "There are more than 1: --limit shows more of them.\n"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_user_is_shown_with_what_became_of_them_and_no_secret(
    service: Service, token: str, connect: Run, settings: dict[str, str], postbox: Postbox
):
    shown = connect("users", "show", "ADA@example.com")
    table = connectx("users", "show", shown["id"], **settings).stdout

    assert shown["isVerified"]
    assert shown["sessions"] == 0  # by the server's clock it runs, by this machine's it has ended
    assert (shown["codeIsClosed"], shown["lockedUntil"], shown["heldUntil"]) == (False, None, None)
    assert shown["verification"]["otpExpiresAt"] == "2026-01-02T03:14:05.678901+00:00"
    assert [(mail["state"], mail["recipient"]) for mail in shown["mails"]] == [
        ("sent", "a***@example.com")
    ]
    assert shown["id"] in table
    for secret in (postbox.code(ADA), token, "argon2"):
        assert secret not in table + json.dumps(shown)


def test_a_user_whom_an_operator_verifies_can_log_in(
    service: Service, connect: Run, database_url: str
):
    service.register()
    before = service.login()["__typename"]

    first, second = (connect("users", "verify", ADA) for _ in range(2))

    assert before == "EmailNotVerifiedError"
    assert (first["changed"], second["changed"]) == (True, False)
    assert first["user"]["isVerified"]
    assert service.login()["__typename"] == "LoginSuccess"
    assert changes(database_url) == [
        ("user_verified", "a***@example.com", f"user {first['user']['id']}")
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_another_role_is_the_viewers_at_once(
    service: Service, postbox: Postbox, connect: Run, settings: dict[str, str], database_url: str
):
    church = create_tenant(database_url)
    service.register(tenant=church, role="member")
    service.verify_by_link(postbox.token(ADA))
    token = service.login()["accessToken"]

    first, second = (connect("users", "set-role", ADA, "Pastor") for _ in range(2))
    refused = connectx("users", "set-role", ADA, "admin", **settings)

    assert (first["changed"], second["changed"]) == (True, False)
    assert service.viewer(token)["role"] == "pastor"
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "The roles of the policy church are: pastor, member.\n"
    assert changes(database_url)[-1] == ("role_set", "a***@example.com", "member → pastor")


def test_a_deleted_user_is_logged_out_and_gone_with_all_that_was_theirs(
    service: Service, token: str, connect: Run, database_url: str
):
    before = service.viewer(token)["email"]

    deleted = connect("users", "delete", ADA, "--yes")

    assert before == ADA
    assert (deleted["changed"], deleted["user"]["email"]) == (True, ADA)
    assert service.viewer(token) is None
    assert service.login()["__typename"] == "InvalidCredentialsError"
    for table in ("users", "sessions", "email_verifications", "outgoing_mails"):
        assert rows(database_url, f"SELECT id FROM {table}") == []
    assert changes(database_url) == [
        ("user_deleted", "a***@example.com", f"user {deleted['user']['id']}, customer, verified")
    ]
    assert ADA not in dump(database_url)
    assert service.register()["__typename"] == "RegisterSuccess"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_user_that_is_not_there_is_1_and_one_that_cannot_be_is_2(settings: dict[str, str]):
    unknown = connectx("users", "show", NOBODY, **settings)
    wrong = connectx("users", "verify", "nonsense", **settings)

    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert unknown.stderr == f"There is no user {NOBODY}. `connectx users list` lists them.\n"
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "is neither an email address nor an id" in " ".join(wrong.stderr.split())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_changed_something_is_the_login_and_not_what_the_environment_says(
    service: Service, settings: dict[str, str], database_url: str, monkeypatch: pytest.MonkeyPatch
):
    for name in ("LOGNAME", "USER", "SUDO_USER"):
        monkeypatch.setenv(name, "mallory")
    service.register()

    connectx("users", "verify", ADA, **settings)

    login = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    assert [entry["actor"] for entry in rows(database_url, AUDIT)] == [login]
