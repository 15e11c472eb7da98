"""Says what is wrong with a policy, for its author."""

import difflib
from typing import Any, TypeAlias, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Loc: TypeAlias = tuple[int | str, ...]


def sentences(error: ValidationError, *, model: type[BaseModel]) -> list[str]:
    """A line for each wrong key: the key and what it takes."""
    wrong: dict[str, str] = {}
    for problem in error.errors(include_url=False, include_input=False):
        where, key, owner = _place(problem["loc"], model=model)
        keys: dict[str, Any] = owner.model_json_schema()["properties"]
        wrong.setdefault(f"{where}{_shown(key)}", _sentence(problem, key=key, keys=keys))
    return [f"{key}: {sentence}" for key, sentence in wrong.items()]


def _place(loc: Loc, *, model: type[BaseModel]) -> tuple[str, str, type[BaseModel]]:
    """The list and the number of the table that has the wrong key, the key, and the table's model.

    A key that is in no table of a list has the model of the whole policy.
    """
    match loc:
        case (str(outer), int(number), str(place), *_) if inner := _table_in(outer, model):
            return f"{outer}, table {number + 1}: ", _key(place, model=inner), inner
    return "", _key(str(loc[0]), model=model), model


def _table_in(name: str, model: type[BaseModel]) -> type[BaseModel] | None:
    """The model of the tables in a list; None if the key is no list of tables."""
    for kind in get_args(model.model_fields[name].annotation):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return None


def _key(place: str, *, model: type[BaseModel]) -> str:
    # An error about a default value has the name of the field and not its key.
    return (place in model.model_fields and model.model_fields[place].alias) or place


def _sentence(problem: ErrorDetails, *, key: str, keys: dict[str, Any]) -> str:
    match problem["type"]:
        case "extra_forbidden":
            similar = difflib.get_close_matches(key, keys, n=1)
            return "there is no such key" + (f"; did you mean {similar[0]}?" if similar else "")
        case "missing":
            return f"is required; it takes {_values(keys[key])}"
        case "value_error":
            return problem["msg"].removeprefix("Value error, ")
        case _:
            return f"takes {_values(keys[key])}"


def _values(schema: dict[str, Any]) -> str:
    """The values that a key takes: its description, or what its JSON schema says."""
    if "description" in schema:
        return str(schema["description"])
    if schema["type"] == "boolean":
        return "true or false"
    return f"a whole number from {schema['minimum']} to {schema['maximum']}"


def _shown(key: str) -> str:
    # A key in quotes may contain any character, and must not control the terminal.
    return key if key.isprintable() else ascii(key)
