"""The fields of a profile, as a policy declares them and as a form asks for them."""

from pathlib import Path

import pytest
from harness.profiles import POLICY
from harness.service import Service

from accounts.policies.load import PolicyError, load
from accounts.policies.policy import Policy

HEAD = 'roles = ["member"]\nverificationMethods = ["OTP"]\n'
FIELD = '[[profile]]\nkey = "{key}"\ntype = "TEXT"\nlabel = "Label"\n'


def mistakes(folder: Path, fields: str) -> list[str]:
    path = folder / "bad.toml"
    path.write_text(f"{HEAD}{fields}", "utf-8")
    with pytest.raises(PolicyError) as refusal:
        load(str(path))
    return [line.removeprefix(f"{path}: ") for line in str(refusal.value).splitlines()]


def test_all_mistakes_in_fields_are_told_with_the_table_and_the_key(tmp_path: Path):
    found = mistakes(
        tmp_path,
        """
[[profile]]
key = "phone number"
type = "SMS"
required = "yes"
label = { "d e" = "Telefon" }
[[profile]]
key = "email"
type = "CHOICE"
maxLenght = 3
[[profile]]
key = "height"
type = "DATE"
label = "\\u001b"
choices = ["S"]
maxLength = 3
[[profile]]
key = "about"
type = "TEXT"
label = ""
maxLength = 0
""",
    )

    label = 'text of 1 to 100 characters, or one for each language, such as { en = "Phone", '
    assert found == [
        "profile, table 1: key: takes 1 to 64 letters, digits and _, with a letter first",
        "profile, table 1: type: takes one of TEXT, LONG_TEXT, DATE, PHONE, CHOICE, BOOLEAN",
        "profile, table 1: required: takes true or false",
        f'profile, table 1: label: takes {label}de = "Telefon" }}',
        "profile, table 2: key: must not be email, which a person has beside the profile",
        f'profile, table 2: label: is required; it takes {label}de = "Telefon" }}',
        "profile, table 2: choices: is required for the type CHOICE",
        "profile, table 2: maxLenght: there is no such key; did you mean maxLength?",
        (
            "profile, table 3: label: must not contain control characters, nor begin or end with a "
            "space"
        ),
        "profile, table 3: choices: is for the type CHOICE only",
        "profile, table 3: maxLength: is for the types TEXT and LONG_TEXT only",
        f'profile, table 4: label: takes {label}de = "Telefon" }}',
        "profile, table 4: maxLength: takes a whole number from 1 to 10000",
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (FIELD.format(key="a") * 2, "profile: has the key a twice"),
        (
            f"{FIELD.format(key='a')}maxLength = 9801\n{FIELD.format(key='b')}",
            (
                "profile: takes fields with at most 10000 characters in all, and has 10001: set a "
                "lower maxLength"
            ),
        ),
        (
            "".join(FIELD.format(key=f"a{number}") for number in range(31)),
            "profile: takes at most 30 tables [[profile]]",
        ),
        ('profile = ["phone"]', "profile: takes at most 30 tables [[profile]]"),
    ],
    ids=["twice", "long", "many", "no tables"],
)
def test_fields_that_do_not_go_together_are_refused(tmp_path: Path, fields: str, message: str):
    assert mistakes(tmp_path, fields) == [message]


def test_a_policy_comes_back_from_the_database_as_it_was_written(tmp_path: Path):
    path = tmp_path / "club.toml"
    path.write_text(POLICY, "utf-8")
    policy = load(str(path))

    assert Policy.model_validate_json(policy.model_dump_json(by_alias=True)) == policy


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_form_is_told_the_fields_in_the_language_that_it_asks_for(club: Service):
    told = club.policy()["profileFields"]

    assert told[:2] == [
        {
            "key": "phone",
            "type": "PHONE",
            "required": True,
            "label": "Phone",
            "choices": [],
            "maxLength": None,
        },
        {
            "key": "nickname",
            "type": "TEXT",
            "required": False,
            "label": "Nickname",
            "choices": [],
            "maxLength": 5,
        },
    ]
    assert [(field["key"], field["type"], field["maxLength"]) for field in told[2:]] == [
        ("about", "LONG_TEXT", 1000),
        ("birthday", "DATE", None),
        ("size", "CHOICE", None),
        ("newsletter", "BOOLEAN", None),
    ]
    assert told[4]["choices"] == ["S", "M", "Grösse L"]
    for language, phone in (("de-AT", "Telefon"), ("fr", "Phone"), ("tlh", "Phone")):
        club.http.headers["accept-language"] = language
        labels = [field["label"] for field in club.policy()["profileFields"]]
        assert labels[:2] == [phone, "Nickname"]
        assert labels[3] == "Date de naissance"
