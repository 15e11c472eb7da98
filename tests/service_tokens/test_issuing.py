"""Somebody who is logged in gets a token that another service can check."""

import uuid
from typing import Any

import jwt
import pytest
from harness.database import create_tenant
from harness.postbox import Postbox
from harness.service import Service, running
from harness.service_tokens import Operator

from accounts.service_tokens.signing_keys import Algorithm

HASURA = {
    "https://hasura.io/jwt/claims": {
        "x-hasura-user-id": "{sub}",
        "x-hasura-default-role": "{role}",
        "x-hasura-allowed-roles": ["{role}"],
        "x-hasura-tenant": "tenant {tenant}",
        "verified": "{email_verified}",
    }
}


POSTGREST = {"https://postgrest.org/claims": {"role": "app_{role}"}}


def issue(service: Service, token: str | None, audience: str = "posts") -> Any:
    return service.run("issue_service_token", token=token, audience=audience)


def checked(service: Service, token: str, audience: str = "posts") -> dict[str, Any]:
    """What a service reads in the token that checks all but the time, which a test has stopped."""
    keys = jwt.PyJWKSet.from_dict(service.http.get("/.well-known/jwks.json").json())
    return jwt.decode(
        token,
        keys[jwt.get_unverified_header(token)["kid"]],
        algorithms=["ES256", "EdDSA"],
        audience=audience,
        issuer=service.url,
        options={"verify_exp": False, "verify_iat": False},
    )


def test_a_session_is_exchanged_for_a_token_that_another_library_accepts(
    verified: Service, operator: Operator
):
    operator.audience()
    login = verified.login()
    token = login["accessToken"]
    [session] = verified.sessions(token)

    answer = issue(verified, token)

    assert answer["__typename"] == "ServiceToken"
    assert answer["expiresAt"] == "2026-01-02T03:09:05.678901+00:00"
    header = jwt.get_unverified_header(answer["jwt"])
    assert (header["typ"], header["alg"], set(header)) == (
        "at+jwt",
        "ES256",
        {"typ", "alg", "kid"},
    )
    claims = checked(verified, answer["jwt"])
    assert uuid.UUID(claims.pop("jti")).version == 7
    assert claims == {
        "iss": verified.url,
        "sub": login["user"]["id"],
        "aud": "posts",
        "iat": 1767323045,
        "exp": 1767323345,
        "client_id": "connectx",
        "role": "customer",
        "tenant": None,
        "email_verified": True,
        "sid": session["id"],
    }
    assert issue(verified, token)["jwt"] != answer["jwt"]


def test_a_template_adds_claims_under_a_namespace_and_the_address_where_it_is_asked_for(
    settings: dict[str, str], operator: Operator, postbox: Postbox, database_url: str
):
    tenant = create_tenant(database_url)
    operator.audience("https://hasura.example.com/v1", email=True, **HASURA)
    with running(operator.clock, **settings) as service:
        service.register(tenant=tenant, role="pastor", invitedBy=None)
        service.verify_by_link(postbox.token("ada@example.com"))
        login = service.login()

        answer = issue(service, login["accessToken"], "https://hasura.example.com/v1")

        claims = checked(service, answer["jwt"], "https://hasura.example.com/v1")
        assert (claims["email"], claims["tenant"]) == ("ada@example.com", tenant)
        assert claims["https://hasura.io/jwt/claims"] == {
            "x-hasura-user-id": login["user"]["id"],
            "x-hasura-default-role": "pastor",
            "x-hasura-allowed-roles": ["pastor"],
            "x-hasura-tenant": f"tenant {tenant}",
            "verified": True,
        }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_postgrest_finds_the_role_of_the_database_where_the_documentation_puts_it(
    verified: Service, operator: Operator
):
    operator.audience("postgrest", **POSTGREST)

    answer = issue(verified, verified.login()["accessToken"], "postgrest")

    claims = checked(verified, answer["jwt"], "postgrest")
    assert claims["https://postgrest.org/claims"] == {"role": "app_customer"}
    assert claims["role"] == "customer"


def test_nobody_gets_a_token_without_a_session_that_runs(verified: Service, operator: Operator):
    operator.audience()
    ended = verified.login()["accessToken"]
    verified.logout(ended)

    for token in (None, "x", ended):
        assert issue(verified, token)["__typename"] == "UnauthenticatedError"


def test_an_audience_that_no_operator_has_created_gets_no_token(
    verified: Service, operator: Operator
):
    operator.audience("posts")
    token = verified.login()["accessToken"]

    for unknown in ("orders", "Posts", "posts/"):
        assert issue(verified, token, unknown)["__typename"] == "AudienceNotAllowedError"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_cannot_be_the_name_of_an_audience_is_rejected(service: Service):
    for audience in ("", " ", "posts ", "x" * 129, "pösts", "a,b", "\0"):
        answer = issue(service, None, audience)

        assert answer["__typename"] == "InvalidInputError"
        assert [(each["__typename"], each["field"]) for each in answer["errors"]] == [
            ("InvalidAudienceError", "audience")
        ]


def test_one_person_gets_so_many_tokens_a_minute_and_others_are_not_held_up(
    settings: dict[str, str], operator: Operator, postbox: Postbox
):
    operator.audience()
    with running(operator.clock, **settings, LIMIT_EXCHANGE_USER="2/minute") as service:
        tokens = []
        for email in ("ada@example.com", "grace@example.com"):
            service.register(email=email)
            service.verify(postbox.code(email), email)
            tokens.append(service.login(email)["accessToken"])
        ada, grace = tokens

        kinds = [issue(service, ada)["__typename"] for _ in range(3)]

        assert kinds == ["ServiceToken", "ServiceToken", "RateLimitedError"]
        assert issue(service, grace)["__typename"] == "ServiceToken"
        operator.clock.advance(seconds=61)
        assert issue(service, ada)["__typename"] == "ServiceToken"


def test_a_token_is_signed_by_ed25519_where_the_operator_wants_that(
    verified: Service, operator: Operator
):
    operator.audience()
    operator.rotate(at_once=True, algorithm=Algorithm.EDDSA)

    answer = issue(verified, verified.login()["accessToken"])

    assert jwt.get_unverified_header(answer["jwt"])["alg"] == "EdDSA"
    assert checked(verified, answer["jwt"])["aud"] == "posts"
