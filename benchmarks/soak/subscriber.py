"""A subscriber that waits for its verification, over whatever becomes of its streams."""

import asyncio
import time
from contextlib import aclosing

from soak.client import Client
from soak.ledger import Person

_OPERATION = "verificationChanged"


async def until_told(client: Client, person: Person) -> None:
    """Subscribes again and again, until it is told that the person is verified.

    Half of the people do so over a WebSocket, and the others by server-sent events.
    """
    [verification_id] = person.verification_ids
    subscribe = client.events if int(verification_id[-1], 16) % 2 else client.messages
    while True:
        async with aclosing(subscribe(verification_id)) as stream:
            async for told in stream:
                outcome = _outcome(told)
                client.ledger.outcomes[_OPERATION][outcome] += 1
                if outcome == "VERIFIED":
                    person.told_at = time.time()
                    return
                if outcome not in {"PENDING", "UNAVAILABLE"}:
                    client.ledger.strange.append(f"{_OPERATION} about {person.email}: {outcome}")
        client.ledger.outcomes[_OPERATION]["cut"] += 1
        person.reconnects += 1
        await asyncio.sleep(0.5)


def _outcome(told: dict) -> str:
    if errors := told.get("errors"):
        return str(errors[0].get("extensions", {}).get("code", errors[0]["message"]))
    return str(told["data"][_OPERATION])
