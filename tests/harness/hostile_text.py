"""Text as an attacker types it, for every field of the API."""

from collections.abc import Callable
from itertools import count
from typing import Any

import hypothesis
from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    get_named_type,
)
from harness.every_mutation import SCHEMA
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

EXAMPLES = 100
"""For each field, on each database; those in NASTY come on top."""

NUMBERS = count()

NASTY = [
    "\0",
    "a\0b",
    "\ud800",
    "\udfff\ud800",
    "\u202eadmin\u202c",
    "\u2066\u2069\u200f\u200b",
    "\u2028\u2029\x85\x0b\x0c\x1b[31m",
    "x\r\nBcc: eve@evil.example\r\n\r\nHello",
    "x\nBcc: eve@evil.example",
    "\x85Bcc: eve@evil.example",
    "x%0d%0aBcc: eve@evil.example",
    "eve@evil.example, ada",
    "<eve@evil.example>",
    "👩‍👩‍👧‍👦",
    "\ufeff\ufffe\uffff\U0010ffff",
    "e\u0301" * 40,
    "\u0301" * 100,
    "İ",
    "ﷺ" * 20,
    "' OR 1=1; --",
    '"; DROP TABLE users; --',
    "{{ 7 * 7 }}{% raw %}<script>alert(1)</script>",
    "../../etc/passwd",
    "$1 %s {0} ?1",
    "a" * 1_100,
    "é" * 10_000,
    "x" * 100_000,
]

texts = (
    st.sampled_from(NASTY)
    | st.text(st.characters(), max_size=40)
    | st.lists(st.sampled_from(NASTY[:-2]) | st.text(max_size=5), max_size=4).map("".join)
)
letters = st.text(st.characters(categories=["L", "M", "N", "S"]), min_size=1, max_size=70)
locals_ = texts | letters | st.sampled_from(["ada+x", "a" * 64, "o'brien", "\u0430da", "a..b"])
domains = st.sampled_from(["example.com", "bücher.example", "[127.0.0.1]", "xn--a.example"])
hosts = domains | st.builds("{}.example".format, texts | letters)
addresses = (
    texts
    | st.builds("{}@{}".format, locals_, hosts)
    | st.builds("{}@{}".format, letters, domains)
    | st.builds("{}@{}.example".format, st.just("ada"), letters)
)
ids = texts | st.uuids().map(str)
roles = texts | st.sampled_from([" CUSTOMER\u00a0", "admin", "ﬁ"])

BY_FIELD: dict[str, st.SearchStrategy[str]] = {
    "email": addresses,
    "invitedBy": addresses,
    "role": roles,
    "tenant": ids,
    "id": ids,
}
"""What a field of this name is given; any other one gets `texts`."""


def _fields(operation: GraphQLField) -> dict[str, st.SearchStrategy[str]]:
    """What each field of an operation's input, or each of its arguments, is given."""
    found: dict[str, st.SearchStrategy[str]] = {}
    for argument, asked in operation.args.items():
        named = get_named_type(asked.type)
        inner = named.fields if isinstance(named, GraphQLInputObjectType) else {argument: asked}
        found.update(
            {name: BY_FIELD.get(name, texts) for name, field in inner.items() if _takes_text(field)}
        )
    return found


def _takes_text(field: GraphQLInputField | GraphQLArgument) -> bool:
    return get_named_type(field.type).name in {"String", "ID", "ProfileValueInput"}


HOSTILE = {
    name: fields
    for root in (SCHEMA.query_type, SCHEMA.mutation_type)
    for name, operation in root.fields.items()
    if (fields := _fields(operation))
}
"""The fields of each query and mutation that takes any."""

USUAL = {
    "password": "secure_password",
    "name": "Ada",
    "invitedBy": "grace@example.com",
    "otp": "000000",
    "newPassword": "another_secure_password",
    "currentPassword": "secure_password",
    "newEmail": "new@example.com",
    "token": "x" * 64,
    "id": "01a201b9-5435-76e5-b376-a31db06cb281",
}


def _input(field: str, text: str) -> dict[str, Any]:
    """The field with the text; for a profile, as a key and as values."""
    if field != "profile":
        return {field: text}
    return {field: [{"key": text, "value": text}, {"key": "about", "value": text}]}


def tried(operation: str, field: str, check: Callable[[dict[str, Any]], None]) -> None:
    """Checks inputs as people fill them in, but for one field; the same ones each time."""

    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(HOSTILE[operation][field])
    def run(text: str) -> None:
        usual = {**USUAL, "email": f"person{next(NUMBERS)}@example.com"}
        check(
            {name: usual[name] for name in HOSTILE[operation] if name in usual}
            | _input(field, text)
        )

    for text in NASTY:
        run = hypothesis.example(text)(run)
    run()
