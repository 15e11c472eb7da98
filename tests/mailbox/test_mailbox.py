"""The development mailbox, in a real browser."""

import re

import pytest
from harness.service import Service, running
from playwright.sync_api import Page, expect

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
    code = mail.locator("code").inner_text()
    expect(mail.get_by_role("heading")).to_have_text(f"{code} is your ConnectX verification code")
    expect(mail.frame_locator("iframe").locator("body")).to_contain_text(code)
    assert service.verify(code)["__typename"] == "VerifyEmailSuccess"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_mail_is_shown_as_high_as_it_is(service: Service, page: Page, width: int):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{service.url}/mailbox")
    service.register()

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


def test_the_newest_mail_is_on_top(service: Service, page: Page):
    service.register(email="one@example.com")
    page.goto(f"{service.url}/mailbox")
    expect(page.get_by_role("article")).to_have_count(1)

    for name in ("two", "three"):
        service.clock.advance(seconds=1)
        service.register(email=f"{name}@example.com")

    expect(page.get_by_role("article").locator("b")).to_have_text(
        ["three@example.com", "two@example.com", "one@example.com"]
    )


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
            )
        ]

    assert answers == [404] * 4
