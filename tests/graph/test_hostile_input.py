"""Whatever text a field is given, the answer is one of the API's, and the server stays healthy."""

import json
import logging
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import get_nullable_type
from harness.every_mutation import SCHEMA
from harness.hostile_text import HOSTILE, tried
from harness.paths import OPERATIONS
from harness.polling import eventually
from harness.postbox import Postbox
from harness.profiles import with_profile
from harness.service import Service, running

REFUSED = {"400", "413"}
# Hypothesis sees that the server, in another thread, draws its own random numbers.
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")


def post(service: Service, operation: str, given: dict[str, Any]) -> httpx.Response:
    snake = "".join(f"_{char.lower()}" if char.isupper() else char for char in operation)
    # Its file has another name, as generated code would have two things of one name.
    name = "get_verification_status" if operation == "verificationStatus" else snake
    query = (OPERATIONS / f"{name}.graphql").read_text()
    fields = {**SCHEMA.query_type.fields, **SCHEMA.mutation_type.fields}
    variables = {"input": given} if "input" in fields[operation].args else given
    # Lone surrogates travel as the escapes that JSON has for them.
    body = json.dumps({"query": query, "variables": variables}).encode()
    headers = {"content-type": "application/json"}
    return service.http.post("/graphql", content=body, headers=headers)


def kind_of(response: httpx.Response) -> str:
    """The type of the answer, or the status with which a body was refused that is none."""
    body = response.json()
    if response.status_code in {400, 413}:
        assert body.keys() == {"errors"}
        return str(response.status_code)
    assert (response.status_code, body.keys()) == (200, {"data"}), response.text
    [answer] = body["data"].values()
    return "null" if answer is None else str(answer["__typename"])


def allowed(operation: str) -> set[str]:
    """The types of the answer that are neither an outage nor a bug."""
    if operation in SCHEMA.query_type.fields:
        return {"null"}
    union = get_nullable_type(SCHEMA.mutation_type.fields[operation].type)
    return {member.name for member in union.types} - {"InternalError", "UnavailableError"}


@pytest.mark.slow
@pytest.mark.parametrize("operation", HOSTILE)
def test_hostile_text_is_answered_with_a_type_of_the_api(
    settings: dict[str, str], operation: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
):
    seen: Counter[str] = Counter()
    with running(**settings, RATE_LIMITS="off", POLICY=with_profile(tmp_path)) as service:

        def check(example: dict[str, Any]) -> None:
            kind = kind_of(post(service, operation, example))
            seen[kind] += 1
            assert kind in allowed(operation) | REFUSED

        for field in HOSTILE[operation]:
            tried(operation, field, check)
        ready = service.http.get("/readyz")

    assert seen.keys() > REFUSED
    assert (ready.status_code, ready.json()) == (200, {"status": "ok"})
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


HEADERS = {
    "auto-submitted",
    "content-type",
    "date",
    "from",
    "message-id",
    "mime-version",
    "subject",
    "to",
}


@pytest.mark.slow
@pytest.mark.parametrize("field", ["email", "name", "invitedBy"])
def test_no_field_adds_a_header_or_a_recipient_to_a_mail(
    settings: dict[str, str], postbox: Postbox, field: str
):
    registered: set[str] = set()
    with running(**settings, RATE_LIMITS="off") as service:

        def check(example: dict[str, Any]) -> None:
            response = post(service, "register", example)
            if kind_of(response) == "RegisterSuccess":
                registered.add(response.json()["data"]["register"]["user"]["email"])

        tried("register", field, check)
        eventually(lambda: len(postbox.mails) >= len(registered), "all mails")

    assert len(registered) >= 10
    assert {recipient for recipient, _ in postbox.mails} == registered
    for recipient, mail in postbox.mails:
        assert sorted(name.lower() for name in mail) == sorted(HEADERS)
        assert mail["to"] == recipient
        assert "evil.example" not in mail.as_string()


# More digits than Python turns into a number.
NUMBER = "1" * 5_000


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("operation", "answer"),
    [
        (f"{{ registrationPolicy(tenant: {NUMBER}) {{ roles }} }}", None),
        (f"{{ verificationStatus(id: {NUMBER}) }}", None),
        (
            (
                f'mutation {{ register(input: {{tenant: {NUMBER}, email: "", password: ""}}) '
                "{ __typename } }"
            ),
            {"__typename": "InvalidInputError"},
        ),
    ],
    ids=["registrationPolicy", "verificationStatus", "register"],
)
def test_a_number_without_a_value_is_nobodys_id(service: Service, operation: str, answer: object):
    response = service.http.post("/graphql", json={"query": operation})

    assert response.status_code == 200
    assert list(response.json()["data"].values()) == [answer]
