"""A subscriber that waits for a verification, whatever becomes of its streams."""

import asyncio
import time
from contextlib import aclosing
from typing import Any

from soak.client import Client
from soak.ledger import Person

_OPERATION = "verificationChanged"
_PATIENCE = 60.0
"""Seconds in which it is told, also if its stream is cut and the database is away."""


class Subscriber:
    """Subscribes again and again until it is told that the person is verified.

    Half of the people do so over a WebSocket, and the others by server-sent events.
    """

    def __init__(self, client: Client, person: Person) -> None:
        self._client = client
        self._person = person
        self._task = asyncio.create_task(self._until_told(), name="subscriber")

    def confirmed(self) -> None:
        """The verification was answered with success: from now on it has to be told."""
        if self._person.confirmed_at is None:
            self._person.confirmed_at = time.time()

    async def be_told(self) -> None:
        """Waits until it is told; the ledger has who never was."""
        await asyncio.wait({self._task}, timeout=_PATIENCE)

    async def leave(self) -> None:
        """Ends the subscription, if it is still open. Raises what ended it."""
        self._task.cancel()
        [ended] = await asyncio.gather(self._task, return_exceptions=True)
        if isinstance(ended, Exception):
            raise ended

    async def _until_told(self) -> None:
        ledger, person = self._client.ledger, self._person
        verification_id = person.verification_ids[0]
        over_websocket = int(verification_id[-1], 16) % 2
        subscribe = self._client.messages if over_websocket else self._client.events
        while True:
            async with aclosing(subscribe(verification_id)) as stream:
                async for told in stream:
                    outcome = _outcome(told)
                    ledger.outcomes[_OPERATION][outcome] += 1
                    if outcome == "VERIFIED":
                        person.told_at = time.time()
                        return
                    if outcome not in {"PENDING", "UNAVAILABLE"}:
                        ledger.strange.append(f"{_OPERATION} about {person.email}: {outcome}")
            ledger.outcomes[_OPERATION]["cut"] += 1
            person.reconnects += 1
            await asyncio.sleep(0.5)


def _outcome(told: dict[str, Any]) -> str:
    if errors := told.get("errors"):
        return str(errors[0].get("extensions", {}).get("code", errors[0]["message"]))
    return str(told["data"][_OPERATION])
