"""connectx from Python by `gql`, without generated code: registers a person, or logs one in.

python gql_example.py register 'Ada Lovelace' ada@example.com secure_password
python gql_example.py login ada@example.com secure_password
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gql import Client, GraphQLRequest, gql
from gql.transport.httpx import HTTPXTransport

URL = os.environ.get("CONNECTX_URL", "http://127.0.0.1:8000") + "/graphql"

OPERATIONS = Path(__file__).parent.parent / "operations"


def execute(operation: str, *, token: str | None = None, **variables: Any) -> dict[str, Any]:
    """What one of the operations answers. Raises TransportQueryError if the server refuses it."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    client = Client(transport=HTTPXTransport(url=URL, headers=headers))
    document = gql((OPERATIONS / f"{operation}.graphql").read_text())
    request = GraphQLRequest(document.document, variable_values=variables)
    return client.execute(request)


def register(name: str, email: str, password: str) -> str:
    """What the person is told."""
    given = {"name": name, "email": email, "password": password}
    match execute("register", input=given)["register"]:
        case {"__typename": "InvalidInputError", "errors": errors}:
            return "\n".join(f"{error['field']}: {error['message']}" for error in errors)
        case {"__typename": "EmailAlreadyExistsError", "message": message}:
            return f"{message} Log in instead?"
        case {"message": message, "retryAfterSeconds": seconds}:
            return f"{message} (in {seconds} s)"
        case {"message": message}:
            return str(message)
        case answer:
            raise ValueError(answer)


def login(email: str, password: str) -> str:
    """Who the person is, or why they are not logged in."""
    match execute("login", input={"email": email, "password": password})["login"]:
        case {"__typename": "LoginSuccess", "accessToken": token}:
            seen = execute("viewer", token=token)["viewer"]
            return f"{seen['email']}, verified: {seen['isVerified']}"
        case {"message": message}:
            return str(message)
        case answer:
            raise ValueError(answer)


if __name__ == "__main__":
    commands: dict[str, Callable[..., str]] = {"register": register, "login": login}
    print(commands[sys.argv[1]](*sys.argv[2:]))
