"""A gateway reads users and tenants by their ids, with a service key; people read themselves."""

import re
from typing import Any
from uuid import uuid4

import pytest
from harness.database import create_tenant, rows
from harness.entities import INTROSPECTS, KEY, ask, tenant, user
from harness.postgres import Cluster
from harness.service import Service

STATEMENT = re.compile(r"LOG:  (?:execute [^:]+|statement):.*? FROM (\w+)")
PRIVATE = """
query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on User { %s } }
}
"""

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what does not depend on the database."""


@pytest.fixture
def people(subgraph: Service, database_url: str) -> dict[str, str]:
    """The ids of Ada, of Grace, and of Grace's tenant."""
    tenant = create_tenant(database_url)
    ada = subgraph.register()["user"]["id"]
    given = {"email": "grace@example.com", "role": "member", "tenant": tenant}
    grace = subgraph.register(name="Grace Hopper", **given)["user"]["id"]
    rows(database_url, "UPDATE users SET is_verified = TRUE")
    return {"ada": ada, "grace": grace, "church": tenant}


def test_a_gateways_key_reads_what_it_names_in_its_order_and_nothing_of_what_is_not_there(
    subgraph: Service, people: dict[str, str], database_url: str
):
    ada, grace, church = people["ada"], people["grace"], people["church"]
    malformed = [user("x"), user(None), user([]), {"__typename": "User"}, {"id": ada}, 7, "x", []]
    others = [{"__typename": "Session", "id": ada}, user(church), tenant(ada), user(str(uuid4()))]

    body = ask(
        subgraph,
        user(grace),
        tenant(church),
        *malformed,
        *others,
        user(ada),
        user(grace),
        token=KEY,
    )

    of_ada = {
        "__typename": "User",
        "id": ada,
        "name": "Ada Lovelace",
        "email": "ada@example.com",
        "role": "customer",
        "isVerified": True,
        "tenant": None,
        "sessions": None,
    }
    of_grace = of_ada | {
        "id": grace,
        "name": "Grace Hopper",
        "email": "grace@example.com",
        "role": "member",
        "tenant": {"id": church},
    }
    of_church = {"id": church, "displayName": "Grace Church"}
    nothing = [None] * len(malformed + others)
    wanted = [of_grace, {"__typename": "Tenant", **of_church}, *nothing, of_ada, of_grace]
    assert body == {"data": {"_entities": wanted}}

    rows(database_url, "UPDATE users SET disabled_at = created_at WHERE name = 'Ada Lovelace'")
    rows(database_url, "UPDATE users SET deletes_at = created_at WHERE name = 'Grace Hopper'")
    assert ask(subgraph, user(ada), user(grace), token=KEY) == {
        "data": {"_entities": [of_ada, None]}
    }


@on_sqlite
def test_a_key_reads_no_profile_and_no_inviter_and_the_field_says_so(
    subgraph: Service, people: dict[str, str]
):
    for field, entity in (("profile { key }", None), ("invitedBy", {"invitedBy": None})):
        body = ask(subgraph, user(people["ada"]), token=KEY, query=PRIVATE % field)

        assert body["data"] == {"_entities": [entity]}
        [error] = body["errors"]
        assert error["message"] == f"No service key reads {field.split()[0]} of a user."
        assert error["extensions"] == {"code": "FORBIDDEN"}


def test_a_person_reads_themselves_and_their_tenant_and_nobody_else(
    subgraph: Service, people: dict[str, str], database_url: str
):
    ada, grace, church = people["ada"], people["grace"], people["church"]
    other = create_tenant(database_url, "Other Church")
    asked = [user(ada), user(grace), tenant(church), tenant(other)]

    token = subgraph.login("grace@example.com")["accessToken"]
    read = [
        entity and entity["id"]
        for entity in ask(subgraph, *asked, token=token)["data"]["_entities"]
    ]
    assert read == [None, grace, church, None]
    own = ask(subgraph, user(grace), token=token, query=PRIVATE % "id invitedBy profile { key }")
    assert own == {"data": {"_entities": [{"id": grace, "invitedBy": None, "profile": []}]}}

    for nobody in (None, "", "x"):
        assert ask(subgraph, *asked, token=nobody) == {"data": {"_entities": [None] * 4}}


def test_a_key_that_may_not_read_entities_is_told_why(
    subgraph: Service, people: dict[str, str], database_url: str
):
    def refused(key: str, **more: Any) -> tuple[Any, str, str]:
        body = ask(subgraph, user(people["ada"]), token=key, **more)
        [error] = body["errors"]
        return body["data"], error["extensions"]["code"], error["message"]

    unknown = "This service key is unknown, has expired or was revoked."
    scope = "The service key needs the scope entities:read."
    assert refused(INTROSPECTS) == (None, "FORBIDDEN", scope)
    assert refused("cxk_" + "x" * 43) == (None, "UNAUTHENTICATED", unknown)
    rows(database_url, "UPDATE service_keys SET expires_at = '2026-01-02 03:04:05+00:00'")
    assert refused(KEY) == (None, "UNAUTHENTICATED", unknown)


@on_sqlite
def test_a_key_is_no_session(subgraph: Service, people: dict[str, str]):
    assert subgraph.viewer(KEY) is None
    assert subgraph.logout(KEY)["__typename"] == "UnauthenticatedError"


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_any_number_of_users_and_tenants_takes_one_statement_for_each_kind(
    subgraph: Service, people: dict[str, str], cluster: Cluster
):
    asked = [user(people["ada"]), user(people["grace"]), tenant(people["church"])]
    many = asked + [kind(str(uuid4())) for kind in (user, tenant) for _ in range(200)]
    ask(subgraph, *asked, token=KEY)  # records the use of the key
    before = len(cluster.log())

    found = ask(subgraph, *many, token=KEY)["data"]["_entities"]

    assert [each["id"] for each in found if each] == [people[name] for name in people]
    tables = STATEMENT.findall(cluster.log()[before:])
    assert tables == ["service_keys", "users", "tenants"]
