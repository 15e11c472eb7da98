"""A service token is inactive the moment that its session ends, and so is any forgery."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from harness.postbox import Postbox
from harness.service import Service, running
from harness.service_tokens import Operator, forged
from joserfc.jwk import ECKey

# Forged tokens are the same whatever the database; PostgreSQL takes less text than SQLite.
on_postgres = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

Ask = Callable[[str], dict[str, Any]]


@pytest.fixture
def token(verified: Service, operator: Operator) -> str:
    """The session of Ada."""
    operator.audience()
    access: str = verified.login()["accessToken"]
    return access


@pytest.fixture
def issued(verified: Service, token: str) -> str:
    answer: str = verified.run("issue_service_token", token=token, audience="posts")["jwt"]
    return answer


@pytest.fixture
def ask(verified: Service, service_key: str) -> Ask:
    return lambda token: introspected(verified, token, service_key)


def introspected(service: Service, token: str, service_key: str) -> dict[str, Any]:
    headers = {"authorization": f"Bearer {service_key}"}
    answer = service.http.post("/introspect", data={"token": token}, headers=headers)
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


def test_a_service_token_is_active_until_its_session_ends(
    verified: Service, token: str, issued: str, ask: Ask
):
    claims = claims_of(issued)

    assert ask(issued) == {"active": True, "token_type": "Bearer", **claims}
    verified.logout(token)
    assert ask(issued) == {"active": False}


def test_a_service_token_ends_after_five_minutes(verified: Service, issued: str, ask: Ask):
    verified.clock.advance(minutes=4, seconds=59)
    assert ask(issued)["active"] is True
    verified.clock.advance(seconds=1)

    assert ask(issued) == {"active": False}


@on_postgres
def test_a_service_token_is_no_session(verified: Service, issued: str):
    assert verified.viewer(issued) is None
    answer = verified.run("issue_service_token", token=issued, audience="posts")
    assert answer["__typename"] == "UnauthenticatedError"


@on_postgres
def test_a_token_that_another_key_has_signed_is_inactive_whatever_its_header_names(
    verified: Service, issued: str, ask: Ask
):
    claims, ours = claims_of(issued), jwt.get_unverified_header(issued)["kid"]
    stranger = ECKey.generate_key("P-256")
    for header in (
        {"kid": ours},
        {},
        {"kid": ours, "jwk": stranger.as_dict(private=False)},
        {"kid": ours, "jku": "https://attacker.example.com/jwks.json"},
        {"kid": "' OR '1'='1"},
        {"kid": "../../../dev/null"},
        {"kid": "\0"},
        {"kid": "x" * 4_000},
    ):
        assert ask(forged(claims, **header)) == {"active": False}


@on_postgres
def test_no_other_algorithm_than_the_keys_own_is_accepted(verified: Service, issued: str, ask: Ask):
    """Neither none, nor the public key as a shared secret."""
    [key] = verified.http.get("/.well-known/jwks.json").json()["keys"]
    _, claims, signature = issued.split(".")

    def with_header(**changed: Any) -> str:
        header = {**jwt.get_unverified_header(issued), **changed}
        return urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")

    shared = f"{with_header(alg='HS256')}.{claims}"
    secrets = (json.dumps(key), jwt.PyJWK(key).key.public_numbers().x.to_bytes(32))
    for secret in secrets:
        known = secret if isinstance(secret, bytes) else secret.encode()
        mac = urlsafe_b64encode(hmac.digest(known, shared.encode(), "sha256")).decode().rstrip("=")
        assert ask(f"{shared}.{mac}") == {"active": False}
    for none in (f"{with_header(alg='none')}.{claims}.", f"{with_header(alg='none')}.{claims}.x"):
        assert ask(none) == {"active": False}
    assert ask(f"{with_header(alg='EdDSA')}.{claims}.{signature}") == {"active": False}


@on_postgres
def test_a_token_that_was_changed_is_inactive(issued: str, ask: Ask):
    header, claims, signature = issued.split(".")
    changed = {**claims_of(issued), "role": "pastor"}
    other = urlsafe_b64encode(json.dumps(changed).encode()).decode().rstrip("=")

    for text in (
        f"{header}.{other}.{signature}",
        f"{header}.{claims}.",
        f"{header}.{claims}.{signature[:-4]}AAAA",
        f"{header}.{claims}",
        "a.b.c",
        "..",
        "é.é.é",
        f"{issued}.{signature}",
    ):
        assert ask(text) == {"active": False}


@on_postgres
def test_a_token_of_another_server_with_the_same_keys_is_inactive(
    operator: Operator, settings: dict[str, str], postbox: Postbox, service_key: str
):
    """A staging server that runs on a copy of the database has another public URL."""
    operator.audience()
    with running(operator.clock, **settings, PUBLIC_URL="https://staging.example.com") as staging:
        staging.register()
        staging.verify(postbox.code("ada@example.com"))
        login = staging.login()["accessToken"]
        theirs = staging.run("issue_service_token", token=login, audience="posts")["jwt"]

    with running(operator.clock, **settings) as service:
        ours = service.run("issue_service_token", token=login, audience="posts")["jwt"]
        assert claims_of(theirs)["iss"] == "https://staging.example.com"
        assert introspected(service, theirs, service_key) == {"active": False}
        assert introspected(service, ours, service_key)["active"] is True


def test_tokens_stay_active_while_keys_are_replaced(
    verified: Service, token: str, issued: str, ask: Ask, operator: Operator
):
    operator.rotate(at_once=True)

    assert ask(issued)["active"] is True
    kid = jwt.get_unverified_header(issued)["kid"]
    operator.retire(kid)
    assert ask(issued) == {"active": False}
    answer = verified.run("issue_service_token", token=token, audience="posts")
    assert ask(answer["jwt"])["active"] is True
