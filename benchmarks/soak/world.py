"""What all clients of a soak share."""

import asyncio
import random

from soak.client import GivenUpError
from soak.inbox import Inbox
from soak.ledger import Ledger


class World:
    """The ledger, the mails and the tenant; and whether the load goes on."""

    def __init__(
        self, *, port: int, ledger: Ledger, inbox: Inbox, tenant: str, chance: random.Random
    ) -> None:
        self.port = port
        self.ledger = ledger
        self.inbox = inbox
        self.tenant = tenant
        self.chance = chance
        self.stopping = asyncio.Event()
        """Set once no more requests begin; what waits for a mail is given up."""

    async def pause(self, seconds: float) -> None:
        """Waits; raises GivenUpError once the load stops."""
        if self.stopping.is_set():
            raise GivenUpError
        await asyncio.sleep(seconds)
