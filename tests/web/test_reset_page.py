"""The page behind the link of a reset, in a real browser."""

from pathlib import Path

import pytest
from harness.accessibility import serious_violations
from harness.database import create_tenant
from harness.link_pages import APP, heading, leads_on, press
from harness.mailbox import Mailbox
from harness.service import Service, running
from playwright.sync_api import Page, expect

ADDRESS = "ada@example.com"

pytestmark = [
    # The page is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(POLICY="church", APP_URL=APP),
]


def test_a_new_password_is_chosen_and_a_refused_one_is_explained(
    member: Service, mailbox: Mailbox, page: Page, web_app: Path, artifacts: Path
):
    member.request_reset()
    link = mailbox.link(ADDRESS, count=2)
    page.goto(link)
    heading(page, "Choose a new password")
    field = page.get_by_label("New password")
    expect(field).to_have_accessible_description("6 to 128 characters")
    field.fill("short")
    press(page, "Save password")
    expect(field).to_have_accessible_description("Password must be at least 6 characters.")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("You will be logged out on all devices.")
    below = page.get_by_text("Password must be at least 6 characters.")
    assert below.bounding_box()["y"] > field.bounding_box()["y"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert serious_violations(page) == []
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=artifacts / f"reset-password-refused-{width}-{scheme}.png")
    page.reload()
    heading(page, "Choose a new password")
    expect(page.get_by_label("New password")).to_have_value("")
    page.get_by_label("New password").fill("another_password")
    page.get_by_label("Show password").check()
    expect(page.get_by_label("New password")).to_have_attribute("type", "text")

    press(page, "Save password")

    heading(page, "Your password is changed")
    leads_on(page)
    page.reload()
    heading(page, "Your password is changed")
    assert member.login(password="another_password")["__typename"] == "LoginSuccess"
    page.goto("about:blank")
    page.goto(link)
    page.get_by_label("New password").fill("third_password")
    press(page, "Save password")
    heading(page, "This link has expired")
    leads_on(page)
    expect(page.get_by_role("status")).to_contain_text("If you have chosen a new password, log in")
    press(page, "Resend email")
    heading(page, "Check your inbox")
    leads_on(page)


@pytest.mark.settings(POLICY="customer", APP_URL=APP)
def test_the_rule_of_the_tenant_is_shown_and_an_expired_link_leads_to_its_login(
    settings: dict[str, str], database_url: str, page: Page
):
    tenant = create_tenant(database_url)
    with running(**settings) as service:
        service.register(role="member", tenant=tenant)
        mailbox = Mailbox(service)
        service.verify_by_link(mailbox.token(ADDRESS))
        service.request_reset()
        page.goto(mailbox.link(ADDRESS, count=2))
        field = page.get_by_label("New password")
        expect(field).to_have_accessible_description("6 to 128 characters")
        service.clock.advance(hours=24)
        field.fill("another_password")
        press(page, "Save password")

        heading(page, "This link has expired")
        onward = page.get_by_role("link", name="Continue to Grace Church", exact=True)
        expect(onward).to_have_attribute("href", f"{APP}/?tenant={tenant}")
