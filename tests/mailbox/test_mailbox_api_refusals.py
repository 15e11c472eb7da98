"""What the JSON API of the development mailbox removes, leaves out and refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from harness.database import rows
from harness.mailbox import ADA, API, GRACE, Mailbox, listed, recipients
from harness.service import Service

pytestmark = pytest.mark.settings(SMTP_URL=None)


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


def test_nobody_is_found_by_a_null_character(service: Service, mailbox: Mailbox):
    found = [listed(service, "/search", query=query) for query in ("to:ada\0", "-to:ada\0")]

    assert [answer["messages_count"] for answer in found] == [0, 2]
    assert service.http.get("/mailbox", params={"to": "ada\0"}).status_code == 200


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
