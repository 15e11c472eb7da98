"""The pages behind the links of account recovery, in a real browser, as a person uses them."""

import re
from pathlib import Path

import pytest
from harness.accessibility import serious_violations
from harness.link_pages import APP, heading, leads_on, press
from harness.mailbox import Mailbox
from harness.service import Service
from playwright.sync_api import Page, expect

from server.pages.link_urls import PATHS

ADDRESS = "ada@example.com"
NEW = "lovelace@example.com"
PASSWORD = "secure_password"

pytestmark = [
    # The pages are the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(POLICY="church", APP_URL=APP),
]


def opens_expired(page: Page, link: str, button: str) -> None:
    """The link was used, and the page leads to where the person can go on."""
    page.goto("about:blank")
    page.goto(link)
    press(page, button)
    heading(page, "This link has expired")
    leads_on(page)


def request_change(service: Service, mailbox: Mailbox) -> str:
    """The link to confirm another address."""
    token = service.login()["accessToken"]
    given = {"newEmail": NEW, "password": PASSWORD}
    service.run("request_email_change", token=token, input=given)
    return mailbox.link(NEW)


def test_an_account_is_secured_by_the_link_of_a_notice(
    member: Service, mailbox: Mailbox, page: Page
):
    stranger = member.change_password(member.login()["accessToken"])["accessToken"]
    link = mailbox.link(ADDRESS, count=2)
    page.goto(link)
    heading(page, "Secure your account")
    assert member.viewer(stranger) is not None

    press(page, "Secure my account")

    heading(page, "Your account is secured")
    assert member.viewer(stranger) is None
    # The notice is gone, as its link was used.
    assert "/reset-password#token=" in mailbox.link(ADDRESS, count=2)
    opens_expired(page, link, "Secure my account")


def test_another_address_is_confirmed_and_brought_back(
    member: Service, mailbox: Mailbox, page: Page
):
    confirmation = request_change(member, mailbox)
    page.goto(confirmation)
    press(page, "Confirm my email")
    heading(page, "Your email address is changed")
    expect(page.get_by_role("status")).to_have_text(f"From now on you log in as {NEW}.")
    assert member.login(NEW)["__typename"] == "LoginSuccess"

    opens_expired(page, confirmation, "Confirm my email")
    undo = mailbox.link(ADDRESS)  # the mails of before are gone
    page.goto(undo)
    heading(page, "Bring your old address back")
    press(page, "Bring the old address back")

    heading(page, "Your old address is back")
    assert member.login(NEW)["__typename"] == "InvalidCredentialsError"
    reset = member.reset_by_link(mailbox.token(ADDRESS))
    assert reset["user"]["email"] == ADDRESS
    opens_expired(page, undo, "Bring the old address back")


def test_who_did_not_register_says_so_and_may_register_after_all(
    service: Service, mailbox: Mailbox, page: Page
):
    service.register(role="member")
    text = mailbox.text(ADDRESS)
    page.goto(re.search(r"\S+/disown-registration\S*#token=\S+", text)[0])
    heading(page, "Did you register?")

    press(page, "I did not register")

    heading(page, "The registration is deleted")
    page.reload()
    press(page, "Allow emails again")
    heading(page, "You get emails again")
    leads_on(page)
    assert service.register(role="member")["__typename"] == "RegisterSuccess"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page_and_a_phone_shows_it_whole(
    member: Service, mailbox: Mailbox, page: Page, web_app: Path, artifacts: Path, scheme: str
):
    page.emulate_media(color_scheme=scheme)
    for path in {*PATHS.values()} - {"/verify"}:
        page.goto(f"{member.url}{path}#token=x")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=artifacts / f"{path[1:]}-{width}-{scheme}.png")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert serious_violations(page) == []
