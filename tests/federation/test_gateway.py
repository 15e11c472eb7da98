"""connectx and a second subgraph compose into one graph, which a real gateway answers."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from graphql import GraphQLNamedType, build_schema, print_ast
from harness.database import create_tenant, rows
from harness.gateway import FOLDER, config, node, wait_until_up
from harness.npm import Package
from harness.postgres import free_port
from harness.processes import connectx
from harness.service import Clock, Service, running
from harness.service_keys import insert_service_key
from harness.service_tokens import Operator
from harness.user_agents import FIREFOX

from graph.federation.schema import SDL

URLS = ("http://connectx.test/graphql", "http://posts.test/graphql")
ASK = """{
  posts { title isMine author { name } church { displayName } }
  reader
  viewer { email sessions { current } }
}"""


@pytest.fixture(scope="module")
def package() -> Package:
    return Package(FOLDER)


@pytest.fixture(scope="module")
def supergraph(package: Package, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What connectx prints and the subgraph of posts, composed."""
    printed = connectx("schema", "--federation").stdout
    assert printed == f"{SDL}\n"
    file = tmp_path_factory.mktemp("schema") / "connectx.graphql"
    file.write_text(printed)
    return package.run("compose", str(file), *URLS)


def subgraphs_of(type_: GraphQLNamedType) -> list[str]:
    """The subgraphs that a type of a supergraph is joined from."""
    assert type_.ast_node is not None
    return sorted(
        print_ast(argument.value)
        for directive in type_.ast_node.directives or ()
        for argument in directive.arguments
        if (directive.name.value, argument.name.value) == ("join__type", "graph")
    )


def test_the_printed_schema_composes_with_a_subgraph_that_refers_to_people_and_has_the_same_errors(
    supergraph: str,
):
    composed = build_schema(supergraph)

    shared = ("User", "Tenant", "UserError", "UnauthenticatedError", "DateTime")
    joined = {name: subgraphs_of(composed.type_map[name]) for name in (*shared, "Post")}
    both = {name: ["CONNECTX", "POSTS"] for name in shared}
    assert joined == {**both, "Post": ["POSTS"]}
    query = composed.query_type
    assert query is not None
    assert {"viewer", "posts"} <= query.fields.keys()
    assert query.fields.keys() & {"_entities", "_service"} == set()


@pytest.fixture
def accounts(settings: dict[str, str], clock: Clock) -> Iterator[Service]:
    """The subgraph of connectx. Its clock is right, as other servers check what it issues."""
    clock.now = datetime.now(UTC)
    with running(clock, **settings, FEDERATION="on", LIMIT_LOGIN_CLIENT="3/hour") as service:
        yield service


@pytest.fixture
def ada(accounts: Service, database_url: str) -> str:
    """The id of a person."""
    registered = accounts.register()
    rows(database_url, "UPDATE users SET is_verified = TRUE")
    return registered["user"]["id"]


@pytest.fixture
def gateway(
    supergraph: str,
    accounts: Service,
    settings: dict[str, str],
    database_url: str,
    posts: list[Any],
    tmp_path: Path,
) -> Iterator[Service]:
    """The gateway as `clients/gateway` sets it up, before connectx and the subgraph of posts."""
    port, port_of_posts = free_port(), free_port()
    urls = f"{accounts.url}/graphql", f"http://127.0.0.1:{port_of_posts}/graphql"
    for composed, real in zip(URLS, urls, strict=True):
        supergraph = supergraph.replace(composed, real)
    environ = {
        "CONNECTX_URL": urls[0],
        "CONNECTX_SERVICE_KEY": insert_service_key(database_url, "entities:read"),
    }
    (tmp_path / "supergraph.graphql").write_text(supergraph)
    Operator(settings, accounts.clock).audience("posts")
    file = tmp_path / "gateway.config.mjs"
    file.write_text(config())
    with (
        node("posts.js", str(port_of_posts), accounts.url, "posts", json.dumps(posts)) as one,
        node("gateway.js", str(port), str(file), **environ) as other,
    ):
        wait_until_up(one)
        wait_until_up(other)
        yield Service(f"http://127.0.0.1:{port}", accounts.clock)


@pytest.fixture
def posts(ada: str, database_url: str) -> list[Any]:
    """Two posts, one by somebody who is gone."""
    church = create_tenant(database_url)
    return [
        {"title": "Notes", "author": {"id": ada}, "church": None},
        {"title": "Letter", "author": {"id": str(uuid4())}, "church": {"id": church}},
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_gateway_joins_posts_with_their_authors_and_tells_each_subgraph_who_asks(
    gateway: Service, ada: str
):
    notes = {"title": "Notes", "author": {"name": "Ada Lovelace"}, "church": None}
    letter = {
        "title": "Letter",
        "author": {"name": None},
        "church": {"displayName": "Grace Church"},
    }

    def posts(*, is_adas: bool) -> list[Any]:
        return [{**notes, "isMine": is_adas}, {**letter, "isMine": False}]

    nobody = {"posts": posts(is_adas=False), "viewer": None, "reader": None}
    assert gateway.execute(ASK) == {"data": nobody}

    token = gateway.login()["accessToken"]
    viewer = {"email": "ada@example.com", "sessions": [{"current": True}]}
    person = {"posts": posts(is_adas=True), "viewer": viewer, "reader": ada}
    assert gateway.execute(ASK, token=token) == {"data": person}
    assert gateway.execute(ASK, token="x") == {"data": nobody}

    addresses = "{ posts { author { name email } } }"
    own, others = {"author": {"name": "Ada Lovelace", "email": "ada@example.com"}}, {"author": None}
    assert gateway.execute(addresses, token=token)["data"] == {"posts": [own, others]}
    assert gateway.execute(addresses)["data"] == {"posts": [others, others]}

    assert gateway.logout(token)["__typename"] == "LogoutSuccess"
    assert gateway.viewer(token) is None

    def log_in(address: str) -> tuple[str, str]:
        headers = {"x-forwarded-for": address, "accept-language": "de", "user-agent": FIREFOX}
        gateway.http.headers.update(headers)
        answer = gateway.login(password="wrong_password")
        return answer["__typename"], answer["message"]

    wrong = ("InvalidCredentialsError", "E-Mail-Adresse oder Passwort ist falsch.")
    assert [log_in("203.0.113.7") for _ in range(3)] == [wrong] * 3
    assert log_in("203.0.113.7")[0] == "RateLimitedError"
    assert log_in("203.0.113.8") == wrong
    token = gateway.login()["accessToken"]
    assert [each["client"] for each in gateway.sessions(token)] == ["Firefox on Linux"]
