"""Checks the values of a profile against the fields of the policy."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from accounts.characters import CONTROL_CHARACTERS
from accounts.problems import InvalidProfileValue
from accounts.profile.fields import MAX_FIELDS, FieldType, ProfileField
from languages.text import Text

StoredValue: TypeAlias = str | bool
Values: TypeAlias = Mapping[str, StoredValue]
"""Values as they are stored, by the keys of their fields."""
Changes: TypeAlias = Mapping[str, StoredValue | None]
"""Values in the same form. None removes a value."""

_SHOWN_KEY = 64
_SLACK = 100
"""Characters around a value, and separators in a phone number."""
_MAX_MARKS = 30
"""As in the stream-safe text format (Unicode UAX 15, 12.1)."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BOOLEANS = {"true": True, "false": False}

# E.164: a country code and a number, with 15 digits at most. People write numbers with spaces and
# other separators, 00 for the plus sign, and (0) where callers from abroad leave out the zero.
_PHONE = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_TRUNK_ZERO = re.compile(r"(?<=\d)\s*\(0\)")
_SEPARATORS = re.compile(r"[\s()./\u2010-\u2015-]")

_UNKNOWN = Text("There is no such field.")
_REPEATED = Text("This field is given twice.")
_CONTROL = Text("Control characters are not accepted.")
_TOO_MANY_MARKS = Text("There are too many accents on one letter.")
_NO_DATE = Text("Enter a date such as 2000-12-31.")
NO_PHONE = Text("Enter a phone number with + and the country code, such as +49 30 123456.")
_NO_BOOLEAN = Text("Answer true or false.")
_NO_CHOICE = Text("Choose one of the values in the list.")


@dataclass(frozen=True)
class TypedValue:
    """A value for the field with this key, as typed. None or a blank text removes the value."""

    key: str
    value: str | None = field(repr=False)


def checked_values(
    given: Sequence[TypedValue], fields: Sequence[ProfileField]
) -> Changes | tuple[InvalidProfileValue, ...]:
    """The values in the form in which they are stored, or all that is wrong with them."""
    known = {field.key: field for field in fields}
    values: dict[str, StoredValue | None] = {}
    problems: list[InvalidProfileValue] = []
    for typed in given[:MAX_FIELDS]:
        found = known.get(typed.key)
        if found is None:
            problems.append(_problem(typed, _UNKNOWN))
        elif typed.key in values:
            problems.append(_problem(typed, _REPEATED))
        else:
            value = _checked(typed, found)
            values[typed.key] = None if isinstance(value, InvalidProfileValue) else value
            if isinstance(value, InvalidProfileValue):
                problems.append(value)
    if len(given) > MAX_FIELDS:  # so that an answer is not much longer than its question
        message = Text("Send at most %(count)s values at once.", count=MAX_FIELDS)
        problems.append(_problem(given[MAX_FIELDS], message))
    return tuple(problems) or values


def _problem(typed: TypedValue, message: str) -> InvalidProfileValue:
    return InvalidProfileValue(typed.key[:_SHOWN_KEY], message)


def _checked(typed: TypedValue, field: ProfileField) -> StoredValue | InvalidProfileValue | None:
    """The value as it is stored; None if it is empty; or what is wrong with it."""
    given = typed.value or ""
    # Both checked before NFC, which composes at most four code points into one, and takes quadratic
    # time for accents in a row.
    if len(given) > 4 * field.longest + _SLACK:
        return _problem(typed, _too_long(field))
    if not given.isascii() and _most_marks(given) > _MAX_MARKS:
        return _problem(typed, _TOO_MANY_MARKS)
    text = unicodedata.normalize("NFC", given).replace("\r\n", "\n").strip()
    if not text:
        return None
    value = _read(text, field)
    return _problem(typed, value) if isinstance(value, Text) else value


def _most_marks(text: str) -> int:
    """The length of the longest run of combining characters."""
    most = run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        most = max(most, run)
    return most


def _read(text: str, field: ProfileField) -> StoredValue | Text:
    """The value as it is stored, or a message that says what is wrong with it."""
    if CONTROL_CHARACTERS.search(_without_lines(text, field)):
        return _CONTROL
    match field.type:
        case FieldType.TEXT | FieldType.LONG_TEXT:
            return text if len(text) <= field.longest else _too_long(field)
        case FieldType.DATE:
            return text if _is_date(text) else _NO_DATE
        case FieldType.PHONE:
            return _phone(text) or NO_PHONE
        case FieldType.CHOICE:
            return text if text in field.choices else _NO_CHOICE
        case FieldType.BOOLEAN:
            return _BOOLEANS.get(text, _NO_BOOLEAN)


def _without_lines(text: str, field: ProfileField) -> str:
    return text.replace("\n", "") if field.type is FieldType.LONG_TEXT else text


def _too_long(field: ProfileField) -> Text:
    return Text("Use at most %(count)s characters.", count=field.longest)


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _phone(text: str) -> str | None:
    """The number in E.164, such as `+4930123456`; None if it is none."""
    number = _SEPARATORS.sub("", _TRUNK_ZERO.sub("", text))
    if number.startswith("00"):
        number = f"+{number[2:]}"
    return number if _PHONE.fullmatch(number) else None
