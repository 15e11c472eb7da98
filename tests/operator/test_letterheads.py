"""How a tenant's mails present it: what they call it, whom they come from, who gets answers."""

from harness.database import rows
from harness.postbox import Postbox, words
from harness.processes import connectx
from harness.service import Clock, Service, running

ADDRESS = "ada@example.com"


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
