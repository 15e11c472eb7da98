"""Users as lines of JSON, the format of imports and exports."""

from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr, ValidationError

MAX_LINE = 64 * 1024
"""Bytes, many times the longest line that an export writes."""

_BOM = b"\xef\xbb\xbf"
_SHOWN_KEY = 40


class UserLine(BaseModel):
    """One user as written in a line, with names as in the GraphQL API. Its repr names nobody."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: StrictStr | None = Field(default=None, repr=False)
    email: StrictStr = Field(repr=False)
    role: StrictStr | None = None
    tenant: StrictStr | None = None
    verified: StrictBool
    created: StrictStr
    password_hash: StrictStr = Field(alias="passwordHash", repr=False)
    language: StrictStr | None = None
    invited_by: StrictStr | None = Field(alias="invitedBy", default=None, repr=False)
    profile: dict[str, StrictStr | StrictBool | None] | None = Field(default=None, repr=False)
    disabled: StrictBool = False
    deletes_at: StrictStr | None = Field(alias="deletesAt", default=None)


WHOLE_LINE = "line"
"""Stands for a field in problems that concern the whole line."""

_EMPTY: dict[str, object] = {
    "verified": False,
    "disabled": False,
    "tenant": None,
    "profile": None,
    "deletesAt": None,
}
_KEYS = {field.alias or name for name, field in UserLine.model_fields.items()}


@dataclass(frozen=True)
class LineProblem:
    """A problem of one field, or of the `WHOLE_LINE`."""

    field: str
    message: str


def parse(raw: bytes) -> tuple[UserLine | None, tuple[LineProblem, ...]]:
    """The line, and a problem for each field that is missing, misspelt or of the wrong type.

    These fields are empty in the line, so that the others can be checked. The line is None if the
    text cannot be read as a JSON object.
    """
    if len(raw) > MAX_LINE:
        return None, (LineProblem(WHOLE_LINE, f"The line is longer than {MAX_LINE:,} bytes."),)
    try:
        found = orjson.loads(raw.removeprefix(_BOM))
    except orjson.JSONDecodeError as error:
        return None, (LineProblem(WHOLE_LINE, f"The line is not JSON in UTF-8: {error.msg}."),)
    if not isinstance(found, dict):
        return None, (LineProblem(WHOLE_LINE, "The line is not a JSON object."),)
    try:
        return UserLine.model_validate(found), ()
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False, include_context=False)
        wrong = {str(one["loc"][0]): one["type"] for one in problems}
        empty = {key: _EMPTY.get(key, "") for key in wrong.keys() & _KEYS}
        kept = {key: value for key, value in found.items() if key in _KEYS}
        line = UserLine.model_validate({**kept, **empty})
        return line, tuple(_shape_problem(key, kind) for key, kind in wrong.items())


def shown_key(key: str) -> str:
    """The key of a JSON object, without characters that could control a terminal."""
    return "".join(char if char.isprintable() else "?" for char in key[:_SHOWN_KEY])


def _shape_problem(key: str, kind: str) -> LineProblem:
    shown = shown_key(key)
    match kind:
        case "missing":
            return LineProblem(shown, "The field is required.")
        case "extra_forbidden":
            return LineProblem(shown, "There is no such field.")
        case _ if key == "profile":
            return LineProblem(shown, "It must be an object of texts, true and false.")
        case "bool_type":
            return LineProblem(shown, "It must be true or false.")
        case _:
            return LineProblem(shown, "It must be text.")


def to_line(row: dict[str, Any]) -> bytes:
    """A user's columns as a line of JSON, with its newline."""
    person = {
        "name": row["name"],
        "email": row["email"],
        "role": row["role"],
        "tenant": row["tenant_id"] and str(row["tenant_id"]),  # asyncpg has its own UUID type
        "verified": row["is_verified"],
        "created": row["created_at"],
        "passwordHash": row["password_hash"],
        "language": row["language"],
        "invitedBy": row["invited_by"],
        "profile": row["profile"],
        "disabled": row["disabled_at"] is not None,
        "deletesAt": row["deletes_at"],
    }
    return orjson.dumps(person, option=orjson.OPT_APPEND_NEWLINE)
