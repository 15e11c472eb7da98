"""What a gateway asks of a subgraph: `_entities`, with a key."""

from typing import Any

from harness.service import Service

KEY = "cxk_" + "e" * 43
INTROSPECTS = "cxk_" + "i" * 43
ASK = """
query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on User { id name email role isVerified tenant { id } sessions { id } }
    ... on Tenant { id displayName }
  }
}
"""


def user(id: Any) -> dict[str, Any]:
    return {"__typename": "User", "id": id}


def tenant(id: Any) -> dict[str, Any]:
    return {"__typename": "Tenant", "id": id}


def ask(
    service: Service, *representations: Any, token: str | None = None, query: str = ASK
) -> dict[str, Any]:
    return service.execute(query, {"representations": representations}, token=token)
