"""`updateProfile`: what a person changes of their name and their profile."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from harness.audit_rows import ENTRIES
from harness.database import rows
from harness.profiles import values
from harness.service import Service

WHOLE = {
    "phone": "0049 30 123456",
    "nickname": "Z\u006f\u0065\u0308",
    "about": "One\r\nTwo\n",
    "birthday": "2000-02-29",
    "size": "Gro\u0308sse L",
    "newsletter": "true",
}


def rejected(answer: Any) -> dict[str, str]:
    """The message of each rejected value, by the key of its field."""
    assert answer["__typename"] == "InvalidInputError", answer
    assert {error["field"] for error in answer["errors"]} == {"profile"}
    return {error["key"]: error["message"] for error in answer["errors"]}


def test_values_are_changed_added_and_removed_and_the_others_stay(
    club: Service, token: str, database_url: str
):
    club.clock.advance(minutes=1)
    assert club.viewer(token)["nextSteps"] == ["COMPLETE_PROFILE"]

    answer = club.update_profile(token, profile=values(**WHOLE))

    assert (answer["__typename"], answer["message"]) == ("ProfileUpdated", "Your profile is saved.")
    assert answer["user"]["profile"] == values(
        phone="+4930123456",
        nickname="Zo\u00eb",
        about="One\nTwo",
        birthday="2000-02-29",
        size="Gr\u00f6sse L",
        newsletter="true",
    )
    assert answer["user"]["updatedAt"] == "2026-01-02T03:05:05.678901+00:00"
    viewer = club.viewer(token)
    assert (viewer["isProfileComplete"], viewer["nextSteps"]) == (True, [])
    assert rows(database_url, "SELECT is_profile_complete AS c FROM users") == [{"c": True}]

    changes = values(phone=None, nickname="", about=" ", size=None, birthday="1999-12-31")
    changed = club.update_profile(token, profile=changes)["user"]

    assert changed == {key: club.viewer(token)[key] for key in changed}
    assert changed["profile"] == values(birthday="1999-12-31", newsletter="true")
    assert (changed["isProfileComplete"], changed["missingProfileFields"]) == (False, ["phone"])
    assert rows(database_url, "SELECT is_profile_complete AS c FROM users") == [{"c": False}]
    entries = [each for each in rows(database_url, ENTRIES) if each["action"] == "profile_updated"]
    assert [(entry["subject"], entry["detail"]) for entry in entries] == [
        ("a***@example.com", "phone, nickname, about, birthday, size, newsletter"),
        ("a***@example.com", "phone, nickname, about, size, birthday"),
    ]


def test_all_rejected_values_are_told_at_once_and_nothing_changes(club: Service, token: str):
    before = club.viewer(token)

    first = club.update_profile(
        token,
        name="Countess",
        profile=[
            *values(phone="30 123456", nickname="Countess", about="a\tb", birthday="2001-02-29"),
            *values(size="XL", newsletter="yes", role="pastor"),
            *values(nickname="Ada"),
        ],
    )
    second = club.update_profile(
        token, profile=values(phone="+1234", nickname="a\nb", birthday="20000101", about="x" * 1001)
    )
    no_name = club.update_profile(token, name=None, profile=values(x="y"))

    assert rejected({**first, "errors": first["errors"][:-1]}) == {
        "phone": "Enter a phone number with + and the country code, such as +49 30 123456.",
        "nickname": "Use at most 5 characters.",
        "about": "Control characters are not accepted.",
        "birthday": "Enter a date such as 2000-12-31.",
        "size": "Choose one of the values in the list.",
        "newsletter": "Answer true or false.",
        "role": "There is no such field.",
    }
    assert first["errors"][-1]["message"] == "This field is given twice."
    assert rejected(second) == {
        "phone": "Enter a phone number with + and the country code, such as +49 30 123456.",
        "nickname": "Control characters are not accepted.",
        "birthday": "Enter a date such as 2000-12-31.",
        "about": "Use at most 1000 characters.",
    }
    assert [error["field"] for error in no_name["errors"]] == ["name", "profile"]
    assert club.viewer(token) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_hostile_values_are_answered_shortly_and_soon(club: Service, token: str):
    many = club.update_profile(token, profile=[{"key": "k" * 200}] * 200)
    started = time.monotonic()
    marks = club.update_profile(token, profile=values(about="a" + "\u0301\u0316" * 2000))
    strange = [
        club.update_profile(token, profile=values(about=f"a{each}b")) for each in "\0\x1b\u202e"
    ]

    assert len(many["errors"]) == 31
    assert {error["key"] for error in many["errors"]} == {"k" * 64}
    assert many["errors"][-1]["message"] == "Send at most 30 values at once."
    assert rejected(marks) == {"about": "There are too many accents on one letter."}
    assert time.monotonic() - started < 5
    for answer in strange:
        assert rejected(answer) == {"about": "Control characters are not accepted."}


def test_the_name_changes_only_where_it_is_given(club: Service, token: str):
    club.update_profile(token, profile=values(nickname="Ada"))
    kept = club.viewer(token)["name"]

    renamed = club.update_profile(token, name=" Ada King ")["user"]

    assert kept == "Ada Lovelace"
    assert (renamed["name"], renamed["profile"]) == ("Ada King", values(nickname="Ada"))
    assert renamed["role"] == "member"


def test_changes_of_different_values_at_once_are_all_kept(club: Service, token: str):
    changes = [values(**{key: value}) for key, value in WHOLE.items()]

    with ThreadPoolExecutor(len(changes)) as threads:
        answers = list(
            threads.map(lambda change: club.update_profile(token, profile=change), changes)
        )

    assert {answer["__typename"] for answer in answers} == {"ProfileUpdated"}
    viewer = club.viewer(token)
    assert [value["key"] for value in viewer["profile"]] == list(WHOLE)
    assert viewer["isProfileComplete"] is True


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whoever_is_not_logged_in_changes_nothing(club: Service, token: str):
    answers = [club.update_profile(other, name="Eve") for other in (None, "x", token[:-1])]

    assert {answer["__typename"] for answer in answers} == {"UnauthenticatedError"}
    assert club.viewer(token)["name"] == "Ada Lovelace"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_rejected_value_is_told_in_the_language_of_the_person(club: Service, token: str):
    told = {}
    for language in ("de", "es", "fr"):
        club.http.headers["accept-language"] = language
        told[language] = rejected(club.update_profile(token, profile=values(birthday="x")))

    assert told == {
        "de": {"birthday": "Geben Sie ein Datum wie 2000-12-31 ein."},
        "es": {"birthday": "Introduzca una fecha como 2000-12-31."},
        "fr": {"birthday": "Saisissez une date comme 2000-12-31."},
    }
