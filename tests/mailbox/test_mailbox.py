"""The development mailbox, in a real browser."""

import re

import pytest
from harness.database import rows
from harness.polling import eventually
from harness.service import Service, running
from httpx import Response
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(SMTP_URL=None),
]


def test_a_mail_appears_by_itself_with_a_code_that_verifies(service: Service, page: Page):
    page.goto(f"{service.url}/mailbox")
    expect(page.get_by_role("main")).to_have_text(re.compile("No mail yet"))

    service.register()

    mail = page.get_by_role("article")
    expect(mail).to_contain_text("to ada@example.com")
    code = mail.locator("code.code").inner_text()
    expect(mail.get_by_role("heading")).to_have_text(f"{code} is your ConnectX confirmation code")
    expect(mail.frame_locator("iframe").locator("body")).to_contain_text(code)
    assert service.verify(code)["__typename"] == "VerifyEmailSuccess"


def recipients(page: Page) -> Locator:
    return page.locator("#list .recipient")


def test_a_mail_is_found_by_its_recipient_opened_and_stays_open_while_others_come(
    service: Service, page: Page
):
    for name in ("one", "two"):
        service.register(email=f"{name}@example.com")
        service.clock.advance(seconds=1)
    page.goto(f"{service.url}/mailbox")
    expect(recipients(page)).to_have_text(["two@example.com", "one@example.com"])

    page.get_by_role("link", name="one@example.com").click()
    subject = page.get_by_role("article").get_by_role("heading")
    expect(page.get_by_role("article")).to_contain_text("to one@example.com")
    expect(subject).to_be_focused()
    page.get_by_text("Headers").click()
    opened = page.url
    service.register(email="three@example.com")
    expect(recipients(page)).to_have_text(
        ["three@example.com", "two@example.com", "one@example.com"]
    )
    expect(page.get_by_role("article")).to_contain_text("to one@example.com")
    expect(page.get_by_role("article")).to_contain_text("From: ConnectX <no-reply@localhost>")
    expect(page.locator("details[open]")).to_have_count(1)

    news = page.get_by_role("status")
    expect(news).to_contain_text("New mail: ")
    page.evaluate("document.getElementById('news').textContent = ''")
    search = page.get_by_role("searchbox", name="Recipient")
    search.fill("TWO")
    expect(recipients(page)).to_have_text(["two@example.com"])
    expect(page.get_by_role("article")).to_contain_text("to two@example.com")
    search.fill("")
    expect(recipients(page)).to_have_count(3)
    expect(news).to_be_empty()
    page.goto(opened)
    expect(page.get_by_role("article")).to_contain_text("to one@example.com")
    expect(recipients(page)).to_have_count(3)


def test_only_the_mailbox_itself_can_clear_it(service: Service, page: Page):
    code = service.register()["verification"]["id"]
    page.goto(f"{service.url}/mailbox")
    expect(recipients(page)).to_have_count(1)
    for origin in ("https://evil.example", "null"):
        refused = service.http.post("/mailbox/clear", headers={"origin": origin})
        assert refused.status_code == 403
    assert service.http.get("/mailbox/clear").status_code == 405
    assert service.http.get("/mailbox?partial").text.count('class="recipient"') == 1

    page.on("dialog", lambda dialog: dialog.accept())
    # As behind a proxy that replaces the header Host.
    page.route("**/mailbox/clear", lambda route: _fulfil(route, refused))
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("alert")).to_contain_text("CONNECTX_PUBLIC_URL")
    expect(recipients(page)).to_have_count(1)
    page.unroute("**/mailbox/clear")
    page.get_by_role("button", name="Clear").click()

    expect(page.get_by_role("alert")).to_be_empty()
    expect(page.locator("#list")).to_contain_text("No mail yet")
    assert service.run("get_verification_status", id=code) == "PENDING"


def _fulfil(route: Route, answer: Response) -> None:
    route.fulfill(status=answer.status_code, body=answer.text)


def test_a_list_that_has_nothing_new_is_not_made_again_and_has_fifty_mails(
    service: Service, database_url: str
):
    service.register()
    eventually(lambda: "ada@" in service.http.get("/mailbox?partial").text, "the mail")
    first = service.http.get("/mailbox?partial")
    again = service.http.get("/mailbox?partial", headers={"if-none-match": first.headers["etag"]})
    columns = "letter, data, verification_id, state, due_at, attempts, created_at, sent_at"
    copies = (
        "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 60) "
        f"INSERT INTO outgoing_mails (id, recipient, {columns}) "
        "SELECT printf('01890a5d-ac96-774b-bcce-%012d', n), printf('p%d@example.com', n), "
        f"{columns} FROM outgoing_mails, many"
    )
    rows(database_url, copies)
    full = service.http.get("/mailbox", headers={"if-none-match": first.headers["etag"]}).text
    found = service.http.get("/mailbox?partial&to=p7@").text

    assert (again.status_code, again.content) == (304, b"")
    # A browser takes these headers for the page that it has kept.
    policies = [answer.headers["content-security-policy"] for answer in (first, again)]
    assert policies[0] == policies[1]
    assert full.count('class="recipient"') == 50
    assert "the 50 newest mails" in full
    assert re.findall(r'class="recipient">(.*?)<', found) == ["p7@example.com"]


def test_once_mail_is_sent_there_is_no_mailbox(settings: dict[str, str], postbox):
    with running(**settings, SMTP_URL=postbox.url) as service:
        answers = [
            service.http.get(path).status_code
            for path in (
                "/mailbox",
                "/mailbox?partial",
                "/mailbox/01890a5d-ac96-774b-bcce-b302099a8057",
                "/mailbox/static/mailbox.js",
                "/mailbox/01890a5d-ac96-774b-bcce-b302099a8057/raw",
                "/mailbox/api/v1/messages",
                "/mailbox/api/v1/message/latest",
            )
        ]
        answers.append(service.http.post("/mailbox/clear").status_code)
        answers.append(service.http.delete("/mailbox/api/v1/messages").status_code)

    assert answers == [404] * 9
