"""Keys are published before they sign, and as long as their tokens are valid."""

from typing import Any

import jwt
from harness.database import dump, rows
from harness.postbox import Postbox
from harness.service import Service, running
from harness.service_tokens import Operator

from accounts.operator.signing_keys import (
    OnlySigningKey,
    SigningKeyNotFound,
    SigningKeyPending,
    SigningKeyRetired,
)


def published(service: Service) -> list[str]:
    answer = service.http.get("/.well-known/jwks.json")
    assert answer.headers["cache-control"] == "public, max-age=300"
    return [key["kid"] for key in answer.json()["keys"]]


def signing(service: Service, token: str) -> str:
    """The key that signs, by a new token."""
    answer = service.run("issue_service_token", token=token, audience="posts")
    kid: str = jwt.get_unverified_header(answer["jwt"])["kid"]
    return kid


def test_the_next_key_is_published_before_it_signs_and_the_last_one_until_its_tokens_have_ended(
    verified: Service, operator: Operator
):
    operator.audience()
    token = verified.login()["accessToken"]
    first = signing(verified, token)
    assert published(verified) == [first]

    following = operator.rotate().key.kid

    assert isinstance(operator.rotate(), SigningKeyPending)
    assert published(verified) == [first, following]
    verified.clock.advance(minutes=9)
    assert signing(verified, token) == first
    verified.clock.advance(minutes=1)
    assert signing(verified, token) == following
    verified.clock.advance(minutes=5)
    assert published(verified) == [first, following]
    verified.clock.advance(minutes=1)
    assert published(verified) == [following]


def test_a_key_that_is_retired_signs_no_more_and_its_tokens_are_inactive_at_once(
    verified: Service, operator: Operator
):
    operator.audience()
    token = verified.login()["accessToken"]
    first = signing(verified, token)
    assert isinstance(operator.retire(first), OnlySigningKey)
    assert isinstance(operator.retire("x"), SigningKeyNotFound)

    # Nobody can wait ten minutes for the next key if the last one is in the wrong hands.
    following = operator.rotate(at_once=True).key.kid
    assert isinstance(operator.retire(first), SigningKeyRetired)

    assert signing(verified, token) == following
    assert published(verified) == [following]


def test_the_private_key_is_stored_encrypted_and_read_with_any_secret_key_of_the_server(
    settings: dict[str, str], operator: Operator, postbox: Postbox, database_url: str
):
    operator.audience()
    with running(operator.clock, **settings) as service:
        service.register()
        service.verify(postbox.code("ada@example.com"))
        token = service.login()["accessToken"]
        first = signing(service, token)
    [stored] = rows(database_url, "SELECT private_key FROM signing_keys")
    assert stored["private_key"].count(".") == 4
    assert '"d"' not in dump(database_url)

    renewed = {**settings, "SECRET_KEY": f"{'n' * 32},{settings['SECRET_KEY']}"}
    with running(operator.clock, **renewed) as service:
        assert signing(service, token) == first

    other: dict[str, Any] = {**settings, "SECRET_KEY": "n" * 32}
    with running(operator.clock, **other) as service:
        answer = service.run("issue_service_token", token=token, audience="posts")
        assert answer["__typename"] == "InternalError"
        assert published(service) == [first]


def test_other_services_find_the_keys_and_introspection_by_the_metadata(service: Service):
    answer = service.http.get("/.well-known/oauth-authorization-server")

    assert answer.json() == {
        "issuer": service.url,
        "jwks_uri": f"{service.url}/.well-known/jwks.json",
        "introspection_endpoint": f"{service.url}/introspect",
        "introspection_endpoint_auth_methods_supported": ["Bearer"],
        "response_types_supported": [],
        "grant_types_supported": [],
    }
    assert answer.headers["access-control-allow-origin"] == "*"
    assert service.http.get("/.well-known/jwks.json").json() == {"keys": []}
