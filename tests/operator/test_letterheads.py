"""How a tenant's mails present it: what they call it, whom they come from, who gets answers."""

import json
from email.message import EmailMessage
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from harness.database import create_tenant, rows
from harness.inbox import Postbox
from harness.processes import connectx
from harness.service import Clock, Service, running

from accounts.operator.letterheads import Letterhead, checked_letterhead
from accounts.problems import InvalidEmail, InvalidName

ADDRESS = "ada@example.com"
NAME, SENDER, ANSWERS = "Grâce & <b>Church</b>", "Büro, Grace", "office@grace.example"
TENANTS = "SELECT name, display_name, sender_name, reply_to FROM tenants"


def words(mail: EmailMessage, kind: str = "plain") -> str:
    return " ".join(mail.get_body((kind,)).get_content().split())


@pytest.fixture
def tenant(database_url: str) -> str:
    return create_tenant(database_url, "grace-1", "church", Letterhead(NAME, SENDER, ANSWERS))


def test_a_tenants_mails_show_its_name_its_sender_and_its_reply_to(
    service: Service, tenant: str, postbox: Postbox
):
    service.register(tenant=tenant, role="member")

    mail = postbox.newest(ADDRESS)
    assert mail["subject"] == "Confirm your email address for Grâce & <b>Church</b>"
    [sender] = mail["from"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Büro, Grace", "no-reply@localhost")
    [answers_to] = mail["reply-to"].addresses
    assert answers_to.addr_spec == "office@grace.example"
    assert mail["auto-submitted"] == "auto-generated"
    assert "Grâce & <b>Church</b> sent you this email" in words(mail)
    assert "Grâce &amp; &lt;b&gt;Church&lt;/b&gt; sent you" in words(mail, "html")
    assert "grace-1" not in mail.as_string()


def test_clients_see_the_tenants_own_name_and_the_one_that_it_shows(service: Service, tenant: str):
    answer = service.register(tenant=tenant, role="member")

    names = {"name": "grace-1", "displayName": "Grâce & <b>Church</b>"}
    assert answer["user"]["tenant"] == {"id": tenant, **names}


def test_a_resent_mail_shows_the_same(service: Service, tenant: str, postbox: Postbox):
    service.register(tenant=tenant, role="member")
    service.clock.advance(minutes=1)
    service.resend()

    first, second = postbox.newest(ADDRESS, count=2), postbox.sent_to(ADDRESS)[0]
    for header in ("subject", "from", "reply-to"):
        assert first[header] == second[header]
    assert first["message-id"] != second["message-id"]


def test_people_without_a_tenant_get_the_deployments_mails(
    service: Service, tenant: str, postbox: Postbox
):
    service.register()

    mail = postbox.newest(ADDRESS)
    assert mail["from"] == "ConnectX <no-reply@localhost>"
    assert mail["reply-to"] is None


def test_a_mail_that_waits_leaves_with_the_tenants_new_letterhead(
    settings: dict[str, str], clock: Clock, tenant: str, postbox: Postbox, database_url: str
):
    with running(clock, **settings, DELIVERY="off") as service:
        service.register(tenant=tenant, role="member")
    changed = connectx(
        *("tenants", "set-mail", tenant, "--display-name", "Hope", "--reply-to", ""),
        DATABASE_URL=database_url,
    )
    with running(clock, **settings):
        mail = postbox.newest(ADDRESS)

    assert changed.returncode == 0
    assert mail["subject"] == "Confirm your email address for Hope"
    assert [sender.display_name for sender in mail["from"].addresses] == ["Büro, Grace"]
    assert mail["reply-to"] is None


def test_a_mail_whose_worker_died_has_the_same_message_id_the_second_time(
    settings: dict[str, str], clock: Clock, tenant: str, postbox: Postbox, database_url: str
):
    with running(clock, **settings) as service:
        service.register(tenant=tenant, role="member")
        first = postbox.newest(ADDRESS)
    # As if the worker had died between the server's answer and its record of it.
    rows(database_url, "UPDATE outgoing_mails SET state = 'queued'")
    clock.advance(minutes=3)
    with running(clock, **settings):
        _, second = postbox.copies(ADDRESS, count=2)

    [mail_id] = [str(row["id"]) for row in rows(database_url, "SELECT id FROM outgoing_mails")]
    assert first["message-id"] == second["message-id"] == f"<{mail_id}@localhost>"


def test_a_tenant_is_created_with_its_letterhead_and_shown_with_it(tmp_path: Path):
    options = (
        "--display-name",
        NAME,
        "--sender-name",
        SENDER,
        "--reply-to",
        " Office@Grace.Example",
    )
    data = {"DATA_DIR": str(tmp_path)}
    created = connectx("tenants", "create", "grace-1", "--policy", "church", *options, **data)
    shown = connectx("tenants", "show", created.stdout.strip(), **data).stdout

    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.splitlines()]
    assert ["name in mails", NAME] in cells
    assert ["sender of mails", SENDER] in cells
    assert ["replies go to", ANSWERS] in cells


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_set_mail_changes_what_it_is_told_and_nothing_else(database_url: str, tenant: str):
    def change(*options: str) -> dict[str, str | None]:
        result = connectx("tenants", "set-mail", tenant, *options, DATABASE_URL=database_url)
        assert result.returncode == 0, result.stderr
        return rows(database_url, TENANTS)[0]

    before = rows(database_url, TENANTS)[0]
    assert change("--sender-name", " Hope ") == {**before, "sender_name": "Hope"}
    assert change("--sender-name", "", "--reply-to", "") == {
        **before,
        "sender_name": None,
        "reply_to": None,
    }


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("display_name", "Grace\r\nBcc: eve@evil.example", "Display name must not contain control"),
        ("display_name", "x" * 201, "Display name must be at most 200 characters"),
        ("sender_name", "Grace\u202eevil", "Sender name must not contain control characters"),
        ("reply_to", "nobody", "Reply-to: "),
        ("reply_to", "a@example.com, b@example.com", "Reply-to: "),
        ("reply_to", "ada@example.com\r\nBcc: eve@evil.example", "Reply-to: "),
        ("reply_to", "дима@example.com", "Reply-to must be an address in ASCII"),
        ("reply_to", f"{'x' * 300}@example.com", "Reply-to: "),
    ],
)
def test_what_cannot_stand_in_a_header_is_refused(field: str, value: str, message: str):
    refused = checked_letterhead(Letterhead(**{field: value}))

    assert isinstance(refused, InvalidName | InvalidEmail)
    assert refused.message.startswith(message)


@pytest.mark.parametrize("command", [["create", "Grace", "--policy", "church"], ["set-mail"]])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_command_refuses_it_in_a_sentence_and_changes_nothing(
    database_url: str, tenant: str, command: list[str]
):
    before = rows(database_url, TENANTS)
    arguments = [*command, *([tenant] if command == ["set-mail"] else []), "--reply-to", "nobody"]

    result = connectx("tenants", *arguments, DATABASE_URL=database_url)

    assert (result.returncode, result.stdout) == (2, "")
    assert "Reply-to: An email address must have an @-sign." in result.stderr
    assert "Traceback" not in result.stderr
    assert rows(database_url, TENANTS) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_set_mail_prints_the_tenant_as_json_and_has_to_be_told_something(
    database_url: str, tenant: str
):
    def change(*options: str) -> CompletedProcess[str]:
        return connectx("tenants", "set-mail", tenant, *options, DATABASE_URL=database_url)

    nothing = change()
    changed = json.loads(change("--display-name", "Hope", "--json").stdout)

    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert "--display-name" in nothing.stderr
    assert (changed["id"], changed["displayName"], changed["senderName"]) == (
        *(tenant, "Hope", SENDER),
    )


def test_a_tenant_that_is_not_there_has_no_letterhead(tmp_path: Path):
    connectx("db", "upgrade", DATA_DIR=str(tmp_path))

    result = connectx("tenants", "set-mail", "nonsense", "--reply-to", "", DATA_DIR=str(tmp_path))

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "There is no tenant nonsense. `connectx tenants list` lists them.\n"
