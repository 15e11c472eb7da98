"""The page behind a link where the person chooses the password with the verification."""

from pathlib import Path

import pytest
from harness.accessibility import serious_violations
from harness.mailbox import Mailbox
from harness.policies import password_at_verification
from harness.service import Service
from harness.verify_page import ADDRESS, confirm
from playwright.sync_api import Page, expect

pytestmark = [
    # The page is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(POLICY=password_at_verification("LINK")),
]


def test_a_password_is_chosen_and_a_refused_one_is_explained(
    service: Service, mailbox: Mailbox, page: Page, artifacts: Path
):
    service.register(password=None)
    page.goto(mailbox.link(ADDRESS))
    confirm(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose your password")
    page.screenshot(path=artifacts / "verify-password.png")
    assert serious_violations(page) == []
    page.reload()
    field = page.get_by_label("Password", exact=True)
    expect(field).to_have_accessible_description("8 to 128 characters")
    field.fill("short")
    page.get_by_role("button", name="Save password").click()
    expect(field).to_have_accessible_description("Password must be at least 8 characters.")
    expect(field).to_have_attribute("aria-invalid", "true")

    field.fill("my_own_password")
    page.get_by_role("button", name="Save password").click()

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Your email address is confirmed")
    assert service.login(password="my_own_password")["__typename"] == "LoginSuccess"
