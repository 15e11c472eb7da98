"""Values that a person gives when they register."""

from pathlib import Path

import pytest
from harness.database import rows
from harness.postbox import Postbox
from harness.profiles import values, with_profile
from harness.service import Service, running

ADDRESS = "ada@example.com"
BAD_PHONE = {
    "__typename": "InvalidProfileValueError",
    "field": "profile",
    "message": "Enter a phone number with + and the country code, such as +49 30 123456.",
    "key": "phone",
}


def test_what_a_person_gives_is_stored_and_what_is_required_may_come_later(
    club: Service, database_url: str
):
    whole = values(newsletter="false", phone="+49 (0)30 / 123-456", nickname=" ")
    ada = club.register(profile=whole)["user"]
    grace = club.register(email="grace@example.com", profile=values(nickname="Grace"))["user"]
    joan = club.register(email="joan@example.com")["user"]

    assert ada["profile"] == values(phone="+4930123456", newsletter="false")
    assert (ada["isProfileComplete"], ada["missingProfileFields"]) == (True, [])
    assert grace["profile"] == values(nickname="Grace")
    assert (grace["isProfileComplete"], joan["isProfileComplete"]) == (False, False)
    assert grace["missingProfileFields"] == joan["missingProfileFields"] == ["phone", "newsletter"]
    stored = rows(database_url, "SELECT is_profile_complete, profile FROM users ORDER BY email")
    assert [bool(row["is_profile_complete"]) for row in stored] == [True, False, False]
    assert stored[2]["profile"] is None


def test_a_rejected_value_is_told_with_the_other_fields_and_stores_nothing(
    club: Service, database_url: str
):
    answer = club.register(name="", profile=values(phone="030 123456"))

    assert [error["__typename"] for error in answer["errors"]] == [
        "InvalidNameError",
        "InvalidProfileValueError",
    ]
    assert answer["errors"][1] == BAD_PHONE
    assert rows(database_url, "SELECT * FROM users") == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_values_in_the_document_are_read_like_those_in_variables(club: Service):
    answer = club.execute(
        'mutation Try($nickname: String) { register(input: { name: "Ada", '
        'email: "ada@example.com", password: "secure_password", profile: [{ key: "nickname", '
        "value: $nickname }] }) { ... on RegisterSuccess { user { profile { value } } } } }",
        {"nickname": "Ada"},
    )
    single = club.register(email="joan@example.com", profile=values(nickname="Joan")[0])

    assert answer["data"]["register"]["user"]["profile"] == [{"value": "Ada"}]
    assert single["user"]["profile"] == values(nickname="Joan")


def test_whether_a_profile_is_complete_is_asked_of_the_policy_at_each_reading(
    settings: dict[str, str], postbox: Postbox, tmp_path: Path
):
    with running(**settings) as service:
        service.register()
        before = service.verify(postbox.code(ADDRESS))["user"]
        token = service.login()["accessToken"]
    with running(**settings, POLICY=with_profile(tmp_path)) as service:
        after = service.viewer(token)
    with running(**settings) as service:
        again = service.viewer(token)

    assert (before["isProfileComplete"], before["missingProfileFields"]) == (True, [])
    assert (after["isProfileComplete"], after["missingProfileFields"]) == (
        False,
        ["phone", "newsletter"],
    )
    assert after["nextSteps"] == ["COMPLETE_PROFILE"]
    assert (again["isProfileComplete"], again["nextSteps"]) == (True, [])
