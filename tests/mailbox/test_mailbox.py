"""The development mailbox, in a real browser."""

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from harness.accessibility import serious_violations
from harness.database import rows
from harness.inbox import eventually
from harness.logos import PNG
from harness.service import Service, running
from httpx import Response
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def settings(settings: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in settings.items() if name != "SMTP_URL"}


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


@pytest.mark.parametrize("width", [360, 1280])
def test_a_mail_is_shown_as_high_as_it_is(service: Service, page: Page, width: int):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{service.url}/mailbox")
    service.register()

    page.get_by_role("link", name="ada@example.com").click()
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("Never give the code")
    measured = "frame => [frame.clientHeight, frame.contentDocument.documentElement.offsetHeight]"
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("style", re.compile(r"height: \d+px"))
    shown, needed = frame.evaluate(measured)
    page.set_viewport_size({"width": 240, "height": 700})
    page.wait_for_function(
        "([frame, before]) => frame.clientHeight != before", arg=[frame.element_handle(), shown]
    )

    assert needed <= shown < needed + 80
    assert complaints == []


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


def test_the_raw_message_is_what_a_mail_server_would_get(
    settings: dict[str, str], page: Page, tmp_path: Path
):
    (tmp_path / "logo").write_bytes(PNG)
    with running(**settings, LOGO=str(tmp_path / "logo")) as service:
        service.register()
        page.goto(f"{service.url}/mailbox")
        logo = page.frame_locator("iframe").get_by_role("img", name="ConnectX")
        width = logo.evaluate("image => image.decode().then(() => image.naturalWidth)")
        path = page.get_by_role("link", name="Raw message").get_attribute("href")
        answer = service.http.get(path)

    message = message_from_bytes(answer.content, policy=policy.default)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert message.defects == []
    assert message["to"] == "ada@example.com"
    assert message["subject"].endswith(" is your ConnectX confirmation code")
    assert message.get_body(("plain",)).get_content().startswith("Confirm your email address")
    assert width == 20


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_list_or_the_mail_is_the_page_and_axe_finds_nothing_serious(
    settings: dict[str, str], page: Page, web_app: Path, artifacts: Path, scheme: str
):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = []

    def look(name: str, width: int) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.screenshot(path=artifacts / f"mailbox-{name}-{scheme}.png", full_page=True)
        found.extend(serious_violations(page))

    (tmp := Path(settings["DATA_DIR"]) / "both.toml").write_text(
        'roles = ["a"]\ndefaultRole = "a"\nverificationMethods = ["OTP", "LINK"]\n'
    )
    with running(**settings, POLICY=str(tmp)) as service:
        for name in ("ada", "grace", "a.person.with.a.rather.long.name"):
            service.register(email=f"{name}@example.com")
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{service.url}/mailbox")
        expect(recipients(page)).to_have_count(3)
        expect(page.get_by_role("article")).to_be_hidden()
        look("list", 390)
        page.get_by_role("link", name="grace@example.com").click()
        expect(page.frame_locator("iframe").locator("body")).to_contain_text("Never give the code")
        expect(page.locator("#list")).to_be_hidden()
        look("mail", 390)
        page.get_by_role("link", name="All mails").click()
        expect(page.get_by_role("article")).to_be_hidden()
        page.set_viewport_size({"width": 1280, "height": 800})
        expect(page.frame_locator("iframe").locator("body")).to_contain_text("Never give the code")
        look("desktop", 1280)

    assert found == []


def test_a_link_in_the_mailbox_leads_to_the_page_that_verifies(
    settings: dict[str, str], page: Page
):
    with running(**settings, POLICY="church") as service:
        service.register(role="member")
        page.goto(f"{service.url}/mailbox")
        with page.expect_popup() as opened:
            page.get_by_role("link", name="Open the link").click()
        opened.value.get_by_role("button", name="Confirm my email").click()

        expect(opened.value.get_by_role("status")).to_contain_text("ada@example.com is confirmed")
        assert service.login()["__typename"] == "LoginSuccess"


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
            )
        ]
        answers.append(service.http.post("/mailbox/clear").status_code)

    assert answers == [404] * 6
