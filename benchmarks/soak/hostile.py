"""Clients that nobody wants: rejected input, requests that are aborted, and slow clients."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress

from harness.paths import OPERATIONS
from harness.websocket_client import CHANGED, PROTOCOL
from offering import post
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from soak.client import Client
from soak.ledger import Person
from soak.world import World

_REGISTER = (OPERATIONS / "register.graphql").read_text()
_SLOWLY = 0.3
"""Seconds between two bytes of a slow client."""
_SLOW_BYTES = 30
_MANY = 200

_REJECTED: list[tuple[object, str]] = [
    (b"{", "HTTP 400"),
    (b"x" * 200_000, "HTTP 413"),
    ({"query": "{ nothing }"}, "refused"),
    ({"query": "{ viewer { id } "}, "refused"),
    ({"query": "{ viewer { id } }", "variables": 7}, "HTTP 400"),
    ({"query": _REGISTER, "variables": {"input": {"name": "x"}}}, "refused"),
]
"""Bodies, and how they are answered."""

_REJECTED_INPUTS = [
    {"password": "short"},
    {"email": "nobody"},
    {"name": "a\0b"},
    {"role": "admin"},
    {"tenant": "019b7e00-0000-7000-8000-000000000000"},
]

Nuisance = Callable[[Client, World], Awaitable[None]]


async def rejected(client: Client, world: World) -> None:
    """Sends what is no request, and input that the policy rejects."""
    body, outcome = world.chance.choice(_REJECTED)
    headers = {"content-type": "application/json"}
    await client.post("a broken request", body, outcome, headers=headers)
    given = {**Person("rejected@example.com").credentials, "name": "Ada"}
    given |= world.chance.choice(_REJECTED_INPUTS)
    await client.ask("register", "InvalidInputError", **given)


async def stranger(client: Client, world: World) -> None:
    """Asks for things of an address that nobody has registered."""
    who = Person(f"stranger{world.chance.randrange(10**9)}@example.com")
    await client.ask("verify_email", "InvalidOtpError", email=who.email, otp="123456")
    await client.ask("resend_verification", "ResendVerificationSuccess", email=who.email)
    await client.ask("login", "InvalidCredentialsError", **who.credentials)
    await client.ask("verify_email_by_link", "InvalidLinkError", token="x" * 64)
    await client.ask("viewer", "nothing", bearer="x")
    await client.ask("logout", "UnauthenticatedError", bearer="x")


async def aborted(client: Client, world: World) -> None:
    """Sends a whole registration, and hangs up before its answer."""
    person = world.ledger.new_person("aborted")
    person.asked = True
    given = {**person.credentials, "name": "Ada Lovelace"}
    body = post("/graphql", {"query": _REGISTER, "variables": {"input": given}})
    _, writer = await _opened(client)
    writer.write(body)
    await asyncio.sleep(world.chance.choice((0, 0.002, 0.01, 0.03, 0.1)))
    writer.transport.abort()
    world.ledger.outcomes["an aborted registration"]["hung up"] += 1


async def aborted_subscription(client: Client, world: World) -> None:
    """Subscribes over a WebSocket, and is gone without a word."""
    unknown = {"id": "019b7e00-0000-7000-8000-000000000000"}
    payload = {"query": CHANGED, "variables": unknown}
    with suppress(OSError, WebSocketException, TimeoutError):
        socket = await connect(
            f"ws://127.0.0.1:{client.port}/graphql",
            subprotocols=[PROTOCOL],  # type: ignore[list-item] # a NewType of str
            local_addr=(client.address, 0),
        )
        await socket.send(json.dumps({"type": "connection_init"}))
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
        socket.transport.abort()
        await socket.wait_closed()
    world.ledger.outcomes["an aborted subscription"]["hung up"] += 1


async def slow_head(client: Client, world: World) -> None:
    """Sends its head byte by byte."""
    await _send_slowly(client, world, b"", post("/graphql", {"query": "{ __typename }"}))


async def slow_body(client: Client, world: World) -> None:
    """Sends its body byte by byte."""
    head, end, body = post("/graphql", {"query": "{ __typename }" + " " * 50}).partition(
        b"\r\n\r\n"
    )
    await _send_slowly(client, world, head + end, body)


async def silent(client: Client, world: World) -> None:
    """Connects, and sends nothing."""
    await _send_slowly(client, world, b"", b"")


async def deaf(client: Client, world: World) -> None:
    """Sends many requests at once, and reads no answer."""
    request = post("/graphql", {"query": "{ __typename }"})
    await _send_slowly(client, world, request * _MANY, b"")


NUISANCES: dict[Nuisance, int] = {
    rejected: 6,
    stranger: 4,
    aborted: 6,
    aborted_subscription: 4,
    slow_head: 1,
    slow_body: 1,
    silent: 1,
    deaf: 1,
}
"""Each with how often it happens among the others."""


async def _send_slowly(client: Client, world: World, first: bytes, rest: bytes) -> None:
    """Sends the rest a byte at a time, and hangs up after as long as that may take at most."""
    outcome = "hung up"
    _, writer = await _opened(client)
    try:
        writer.write(first)
        for number in range(_SLOW_BYTES):
            writer.write(rest[number : number + 1])
            await asyncio.sleep(_SLOWLY)
            if writer.transport.is_closing() or world.stopping.is_set():
                outcome = "was hung up on" if writer.transport.is_closing() else outcome
                break
    finally:
        writer.transport.abort()
    world.ledger.outcomes["a slow client"][outcome] += 1


async def _opened(client: Client) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(
        "127.0.0.1", client.port, local_addr=(client.address, 0), limit=1024
    )
