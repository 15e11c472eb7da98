"""The JSON API of the development mailbox, as a client of Mailpit uses it."""

from collections.abc import Callable
from typing import Any

import pytest
from harness.database import rows
from harness.mailbox import API, Mailbox
from harness.service import Service, running

ADA, GRACE = "ada@example.com", "grace@example.com"
LISTS = {"total", "unread", "count", "messages_count", "messages_unread", "start", "tags"}
BOTH = {"ID", "MessageID", "From", "To", "Cc", "Bcc", "ReplyTo", "Subject", "Size", "Tags"}
BOTH |= {"Username", "Attachments"}
OURS = {"code", "link"}


@pytest.fixture
def settings(settings: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in settings.items() if name != "SMTP_URL"}


@pytest.fixture
def mailbox(service: Service) -> Mailbox:
    """Ada's mail, and then Grace's."""
    box = Mailbox(service)
    for address in (ADA, GRACE):
        service.register(email=address)
        box.newest(address)
        service.clock.advance(seconds=1)
    return box


def listed(service: Service, path: str = "/messages", **asked: Any) -> Any:
    answer = service.http.get(f"{API}{path}", params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


def recipients(page: Any) -> list[str]:
    return [mail["To"][0]["Address"] for mail in page["messages"]]


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


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_cannot_be_answered_is_said_and_removes_nothing(service: Service, mailbox: Mailbox):
    def said(method: str, path: str, **sent: Any) -> tuple[int, str]:
        answer = service.http.request(method, API + path, **sent)
        return answer.status_code, answer.text

    nowhere = "01890a5d-ac96-774b-bcce-b302099a8057"
    body = 'The body has to be empty or {"IDs": ["<id of a mail>"]}'
    filters = "This mailbox has no filter `is:`. It has `to:`, `subject:` and plain words."
    no_query = "`query` is missing, for example query=to:ada@example.com"
    for path in (f"/message/{nowhere}", "/message/1", "/message/1/raw", f"/message/{nowhere}/raw"):
        assert said("GET", path) == (404, "There is no such mail.")
    assert said("GET", "/message/latest?query=to:nobody") == (404, "There is no such mail.")
    for method in ("GET", "DELETE"):
        assert said(method, "/search") == (400, no_query)
        assert said(method, "/search?query=is:unread") == (400, filters)
    for limit in ("-1", "many", "1" * 10, "²"):
        assert said("GET", "/messages", params={"limit": limit})[0] == 400
    for sent in ("no json", "[]", '"IDs"', '{"IDs": ""}', '{"IDs": null}', '{"IDs": ["1"]}'):
        assert said("DELETE", "/messages", content=sent) == (400, body)
    assert said("POST", "/messages")[0] == 405
    assert listed(service)["total"] == 2


REMOVALS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "one": lambda id_: {"url": f"{API}/messages", "json": {"IDs": [id_]}},
    "found by recipient": lambda _: {"url": f"{API}/search?query=to:grace"},
    "found by text": lambda _: {"url": f"{API}/search?query=to:grace subject:code"},
    "all": lambda _: {"url": f"{API}/messages"},
}


@pytest.mark.parametrize("which", REMOVALS)
def test_mails_are_removed_and_their_codes_go_on_working(
    service: Service, mailbox: Mailbox, which: str
):
    newest = mailbox.newest(GRACE)

    removed = service.http.request("DELETE", **REMOVALS[which](newest["ID"]))

    assert (removed.status_code, removed.text) == (200, "ok")
    assert recipients(listed(service)) == ([] if which == "all" else [ADA])
    assert service.verify(newest["code"], GRACE)["__typename"] == "VerifyEmailSuccess"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_pages_of_other_origins_can_neither_read_nor_remove_mails(
    service: Service, mailbox: Mailbox
):
    """Not those of loopback either, which may use the rest of such a server."""
    paths = ("/messages", "/search?query=to:ada", "/message/latest", "/message/latest/raw")
    asked = [("GET", path) for path in paths] + [("DELETE", path) for path in paths[:2]]
    for origin in ("https://evil.example", "http://localhost:5173", "null"):
        answers = [
            service.http.request(method, API + path, headers={"origin": origin})
            for method, path in asked
        ]
        answers.append(
            service.http.options(
                f"{API}/messages",
                headers={"origin": origin, "access-control-request-method": "DELETE"},
            )
        )
        assert [answer.status_code for answer in answers] == [403] * len(asked) + [405]
        assert not any("access-control-allow-origin" in answer.headers for answer in answers)
        assert not any(mailbox.code(ADA) in answer.text for answer in answers)
    own = service.http.get(f"{API}/messages", headers={"origin": service.url})

    assert own.json()["total"] == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_list_has_at_most_500_mails_and_says_how_many_there_are(
    service: Service, mailbox: Mailbox, database_url: str
):
    columns = "letter, data, verification_id, state, due_at, attempts, created_at, sent_at"
    copies = (
        "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 510) "
        f"INSERT INTO outgoing_mails (id, recipient, {columns}) "
        "SELECT printf('01890a5d-ac96-774b-bcce-%012d', n), printf('p%d@example.com', n), "
        f"{columns} FROM outgoing_mails, many WHERE recipient = '{ADA}'"
    )
    rows(database_url, copies)

    assert [listed(service, **asked)["count"] for asked in ({}, {"limit": 10_000})] == [50, 500]
    assert listed(service)["messages_count"] == 512
    service.http.delete(f"{API}/search", params={"query": "to:example"})
    assert listed(service)["total"] == 0


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
