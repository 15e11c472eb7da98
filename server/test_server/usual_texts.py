"""What the server says in a type whose `message` follows from its other fields."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from typing import Any, TypeAlias, get_args

from accounts.email_change.change import ChangeAddress
from accounts.login.continuation import MALFORMED_CONTINUATION
from accounts.problems import (
    InvalidEmail,
    InvalidName,
    InvalidProfileValue,
    InvalidTokenFormat,
    Problem,
)
from accounts.profile.check import NO_PHONE
from graph.mutations.confirm_email_change import MISSING_ADDRESS
from graph.mutations.register import SENT_A_CODE, SENT_A_LINK
from graph.types.verification_method import VerificationMethod
from languages.text import Text

_Values: TypeAlias = Mapping[str, Any]

_PROBLEMS: Mapping[str, Any] = {f"{kind.__name__}Error": kind for kind in get_args(Problem)}

_OF_PROBLEMS: Mapping[Any, Text] = {
    InvalidName: Text("Name is required."),
    InvalidEmail: Text.detailed(
        Text("Email must be a valid email address."),
        english="An email address must have an @-sign.",
    ),
    InvalidProfileValue: NO_PHONE,
}
"""A message of each kind that has several."""


def _registered(values: _Values) -> Text:
    if VerificationMethod.OTP in values["verification"].methods:
        return SENT_A_CODE
    return SENT_A_LINK


def _half_confirmed(values: _Values) -> Text:
    return MISSING_ADDRESS[ChangeAddress(values["missing"].value)]


_OF_SUCCESSES: Mapping[str, Callable[[_Values], Text]] = {
    "RegisterSuccess": _registered,
    "EmailChangeHalfConfirmed": _half_confirmed,
}


def usual_texts(type_name: str, values: _Values, *, inputs: Collection[str]) -> dict[str, str]:
    """The `message` that the server gives an object of this type, and the `field` of a problem.

    `values` are those of its other fields, by their Python names; `inputs` are the names of the
    mutation's input fields. Empty: the text follows from the type alone.
    """
    if type_name in _OF_SUCCESSES:
        return {"message": _OF_SUCCESSES[type_name](values)}
    if type_name not in _PROBLEMS:
        return {}
    problem = _problem(_PROBLEMS[type_name], values, inputs=inputs)
    return {"field": problem.field, "message": problem.message}


def _problem(kind: Any, values: _Values, *, inputs: Collection[str]) -> Problem:
    if kind is InvalidTokenFormat and "continuation" in inputs:
        return MALFORMED_CONTINUATION
    own = {each.name for each in fields(kind)} & values.keys() - {"field", "message"}
    told = {"message": _OF_PROBLEMS[kind]} if kind in _OF_PROBLEMS else {}
    problem: Problem = kind(**{name: values[name] for name in own}, **told)
    return replace(problem, field=_name_among(inputs, problem.field))


def _name_among(inputs: Collection[str], field: str) -> str:
    """`newPassword` for `password`, if this is what the mutation takes."""
    longer = [name for name in inputs if name.endswith(field.capitalize())]
    return longer[-1] if longer and field not in inputs else field
