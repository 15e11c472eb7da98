"""The profile on the account screen: what is still missing, its form, and what it says."""

import pytest
from harness.accessibility import serious_violations
from harness.mailbox import Mailbox
from harness.profiles import POLICY, values
from harness.service import Service
from harness.web_app_page import EMAIL, PASSWORD, AppPage, new_tenant, verified_account
from playwright.sync_api import Locator, expect

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(POLICY=POLICY),
]

PHONE_NEEDED = "Enter a phone number with + and the country code, such as +49 30 123456."


def profile(app: AppPage) -> Locator:
    return app.page.get_by_role("region", name="Profile", exact=True)


def details(app: AppPage) -> list[str]:
    """What the profile says, without the names of its fields."""
    return profile(app).get_by_role("definition").all_inner_texts()


def test_a_church_member_is_led_to_what_is_missing_and_the_notice_is_gone_once_it_is_given(
    app: AppPage, service: Service, mailbox: Mailbox, settings: dict[str, str]
):
    church = new_tenant("Grace Church", "church", settings)
    service.register(name=None, role="member", tenant=church)
    service.verify_by_link(mailbox.token(EMAIL))
    app.open_login()
    app.shows("Hello")
    expect(app.page.get_by_role("main")).to_contain_text(
        "Your profile is not complete yet. Still missing: Phone."
    )
    assert details(app) == ["Still missing"]
    app.page.emulate_media(color_scheme="dark")
    assert serious_violations(app.page, only=("color-contrast",)) == []
    app.page.emulate_media(color_scheme="light")
    app.press("Change password")
    expect(app.page.get_by_role("button", name="Complete your profile")).to_have_count(0)
    app.press("Cancel")
    app.press("Complete your profile")
    phone = app.field("Phone")
    expect(phone).to_be_focused()
    expect(app.page.get_by_role("button", name="Complete your profile")).to_have_count(0)

    birthday = app.page.get_by_label("Birthday (optional)")
    birthday.press_sequentially("12")  # the month, and nothing more
    app.fill(Phone="030 123456", **{"Address (optional)": "1 Main Street\nSpringfield"})
    app.press("Save")
    expect(phone).to_be_focused()
    expect(phone).to_have_accessible_description(f"Such as +49 30 123456 {PHONE_NEEDED}")
    expect(birthday).to_have_accessible_description("Enter a complete date.")
    assert serious_violations(app.page) == []
    app.page.set_viewport_size({"width": 320, "height": 568})
    assert app.page.evaluate("document.documentElement.scrollWidth") == 320

    app.fill(Phone="", **{"Name (optional)": "Grace Hopper"})
    birthday.fill("1906-12-09")
    app.press("Save")
    app.shows("Hello, Grace Hopper")
    expect(profile(app).get_by_role("status")).to_have_text(
        "Your profile is saved. Still missing: Phone."
    )
    app.press("Complete your profile")
    app.fill(Phone="0049 (0)30 123456")
    app.press("Save")
    expect(profile(app).get_by_role("status")).to_have_text("Your profile is saved.")
    expect(profile(app).get_by_role("heading")).to_be_focused()
    expect(app.page.get_by_role("button", name="Complete your profile")).to_have_count(0)
    assert details(app) == [
        "Grace Hopper",
        "+4930123456",
        "December 9, 1906",
        "1 Main Street\nSpringfield",
    ]
    # The registration form of this tab does not begin with somebody's name.
    assert app.page.evaluate("sessionStorage.getItem('connectx:draft')") is None
    assert app.faults == []


def test_each_type_of_field_is_typed_or_chosen_in_its_own_way_and_only_changes_are_sent(
    app: AppPage, service: Service, mailbox: Mailbox
):
    verified_account(service, mailbox)
    token = service.login(EMAIL, PASSWORD)["accessToken"]
    app.open_login()
    expect(app.page.get_by_role("main")).to_contain_text("Still missing: Phone and Newsletter.")
    app.press("Edit profile")
    expect(app.page.get_by_label("About you (optional)")).to_have_attribute("maxlength", "1000")
    app.fill(Phone="+4930123456", **{"Nickname (optional)": "Ada"})
    app.page.get_by_role("combobox", name="Size (optional)").select_option("Grösse L")
    app.press("Save")
    # No tick is an answer, and an empty field is none.
    expect(profile(app).get_by_role("status")).to_have_text("Your profile is saved.")
    given = {"phone": "+4930123456", "nickname": "Ada", "size": "Grösse L", "newsletter": "false"}
    assert service.viewer(token)["profile"] == values(**given)

    app.press("Edit profile")
    service.update_profile(token, name="Ada King", profile=values(phone="+4930987654"))
    app.fill(**{"Nickname (optional)": ""})
    app.page.get_by_role("checkbox", name="Newsletter").check()
    app.press("Save")
    app.shows("Hello, Ada King")
    assert details(app) == ["Ada King", "+4930987654", "Grösse L", "Yes"]
    assert app.faults == []
