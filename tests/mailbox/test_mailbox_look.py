"""How the development mailbox shows one mail, on a phone as well."""

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from harness.accessibility import serious_violations
from harness.logos import PNG
from harness.service import Service, running
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(SMTP_URL=None),
]


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
        expect(page.locator("#list .recipient")).to_have_count(3)
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
