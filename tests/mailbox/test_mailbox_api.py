"""The JSON API of the development mailbox, as a client of Mailpit uses it."""

import pytest
from harness.mailbox import ADA, API, GRACE, Mailbox, listed, recipients
from harness.service import Service, running

pytestmark = pytest.mark.settings(SMTP_URL=None)

LISTS = {"total", "unread", "count", "messages_count", "messages_unread", "start", "tags"}
BOTH = {"ID", "MessageID", "From", "To", "Cc", "Bcc", "ReplyTo", "Subject", "Size", "Tags"}
BOTH |= {"Username", "Attachments"}
OURS = {"code", "link"}


def test_lists_and_mails_have_mailpits_fields_and_the_code_and_the_link(
    service: Service, mailbox: Mailbox
):
    page = listed(service)
    summary = page["messages"][1]
    mail = listed(service, f"/message/{summary['ID']}")
    raw = service.http.get(f"{API}/message/{summary['ID']}/raw")

    assert set(page) == LISTS | {"messages"}
    assert [page[name] for name in sorted(LISTS - {"tags"})] == [2, 2, 2, 0, 2, 2]
    assert set(summary) == BOTH | OURS | {"Read", "Created", "Snippet"}
    assert set(mail) == BOTH | OURS | {
        *("ReturnPath", "ListUnsubscribe", "Date", "Text", "HTML", "Inline"),
    }
    shared = [name for name in sorted(BOTH | OURS) if name != "Attachments"]
    assert [mail[name] for name in shared] == [summary[name] for name in shared]
    assert summary["From"] == {"Name": "ConnectX", "Address": "no-reply@localhost"}
    assert summary["To"] == [{"Name": "", "Address": ADA}]
    assert summary["Created"] == mail["Date"] == "2026-01-02T03:04:05.678Z"
    assert mail["Subject"] == f"{mail['code']} is your ConnectX confirmation code"
    assert mail["code"] in mail["Text"]
    assert mail["code"] in mail["HTML"]
    assert mail["link"] is None
    assert summary["Snippet"].startswith("Confirm your email address")
    assert len(summary["Snippet"]) <= 250
    assert len(raw.content) == mail["Size"]
    assert f"Message-ID: <{mail['MessageID']}>" in raw.text
    assert service.verify(mail["code"])["__typename"] == "VerifyEmailSuccess"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_mail_with_a_link_has_it_as_it_is_in_the_text(settings: dict[str, str]):
    with running(**settings, POLICY="church") as service:
        service.register(role="member")
        mail = Mailbox(service).newest(ADA)
        text = listed(service, f"/message/{mail['ID']}")["Text"]
        verified = service.verify_by_link(mail["link"].partition("#token=")[2])

    assert mail["code"] is None
    assert mail["link"] in text
    assert verified["__typename"] == "VerifyEmailSuccess"


def test_a_search_finds_mails_by_recipient_subject_and_text(service: Service, mailbox: Mailbox):
    code = mailbox.code(ADA)
    queries = {
        "to:ADA@example.com": [ADA],
        'to:"ada@"': [ADA],
        "-to:ada": [GRACE],
        "to:example.com": [GRACE, ADA],
        "to:example.com to:grace": [GRACE],
        f"subject:{code}": [ADA],
        'to:grace subject:"ConnectX Confirmation"': [GRACE],
        "!subject:confirmation": [],
        f"to:example {code}": [ADA],
        "to:%": [],
        "http://nowhere": [],
    }

    found = {query: listed(service, "/search", query=query) for query in queries}

    assert {query: recipients(page) for query, page in found.items()} == queries
    assert {page["total"] for page in found.values()} == {2}
    assert all(page["messages_count"] == len(page["messages"]) for page in found.values())
    latest = [listed(service, "/message/latest", **asked) for asked in ({}, {"query": "to:ada"})]
    assert [mail["To"][0]["Address"] for mail in latest] == [GRACE, ADA]


def test_pages_of_a_list_follow_each_other_whatever_is_searched_for(
    service: Service, mailbox: Mailbox
):
    asked = {"start": 1, "limit": 1}
    second = [
        listed(service, **asked),
        listed(service, "/search", query="to:example", **asked),
        listed(service, "/search", query="subject:code", **asked),
    ]
    none = listed(service, start=2)
    unread = listed(service, limit=0)

    assert [recipients(page) for page in second] == [[ADA]] * 3
    counts = [(page["start"], page["count"], page["messages_count"]) for page in second]
    assert counts == [(1, 1, 2)] * 3
    assert (none["messages"], none["messages_count"], unread["messages"]) == ([], 2, [])


def test_a_mail_whose_link_was_used_is_left_out_and_the_others_are_shown(
    service: Service, mailbox: Mailbox
):
    service.verify(mailbox.code(ADA))
    service.change_password(service.login()["accessToken"])
    notice = mailbox.token(ADA, count=2)

    assert service.run("secure_account", input={"token": notice})["endedSessions"] == 1

    found = [mail["link"] for mail in mailbox.mails(ADA) if mail["link"]]
    assert not any(notice in link for link in found)
    assert mailbox.code(ADA)
    assert service.http.get("/mailbox?partial").status_code == 200
