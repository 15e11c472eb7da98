import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.passwords import normalised
from accounts.problems import InvalidName
from accounts.registration.input import MAX_NAME, checked_name

ANY_TEXT = st.text(st.characters(), max_size=300)
REQUIRED = InvalidName("Name is required.")
TOO_LONG = InvalidName("Name must be at most 200 characters.")
CONTROL = InvalidName("Name must not contain control characters.")


@given(ANY_TEXT)
def test_a_name_is_kept_trimmed_in_nfc_or_refused(typed):
    name = checked_name(typed, required=True)

    if isinstance(name, InvalidName):
        assert name in {REQUIRED, TOO_LONG, CONTROL}
    else:
        assert name == unicodedata.normalize("NFC", typed).strip()
        assert 1 <= len(name) <= MAX_NAME
        assert not {unicodedata.category(character) for character in name} & {"Cc", "Cs"}
        assert checked_name(name, required=True) == name


@pytest.mark.parametrize("typed", [None, "", "  ", "\t\r\n", "\u00a0\u2003"])
def test_no_name_is_refused_where_one_is_required_and_none_where_not(typed: str | None):
    assert checked_name(typed, required=True) == REQUIRED
    assert checked_name(typed, required=False) is None


@pytest.mark.parametrize(
    "name",
    [
        "X",
        "Ada Lovelace",
        "O'Brien",
        "Jean-Luc",
        "Nguyễn Thị Minh Khai",
        "李小龍",
        "עדה",
        "Åsa Öberg, PhD",
        "نور‌الدین",
        "👩‍🚀",
        "<script>alert(1)</script>",
        "Robert'); DROP TABLE users;--",
    ],
)
def test_a_name_is_whatever_people_are_called(name: str):
    assert checked_name(name, required=True) == unicodedata.normalize("NFC", name)


def test_a_length_is_counted_in_code_points_after_nfc_without_the_space_around():
    assert checked_name(" " + "e\u0301" * 200 + " ", required=True) == "é" * 200
    assert checked_name("e\u0301" * 201, required=True) == TOO_LONG


@pytest.mark.parametrize("code", [0, 7, 10, 13, 27, 127, 133, 0x2028, 0x202E, 0x2066, 0xD800])
def test_control_characters_are_refused_inside_a_name(code: int):
    assert checked_name(f"Ada{chr(code)}Lovelace", required=False) == CONTROL


def test_text_that_is_slow_to_normalise_is_refused_at_once():
    begun = time.process_time()
    slow = "a" + "\u0315" * 15_500 + "\u0334" * 15_500

    assert isinstance(checked_name(slow, required=True), InvalidName)
    assert len(normalised(slow)) == len(slow)
    assert time.process_time() - begun < 0.1
