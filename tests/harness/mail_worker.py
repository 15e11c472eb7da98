"""The delivery loop with a test's clock, and the queue that it works through."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from harness.messages import compose
from harness.service import Clock

from mail.message.compose import Compose
from mail.worker import MailWorker, WorkerOptions
from models import OutgoingMail


def worker(transport, clock: Clock, *, compose: Compose = compose, **options) -> MailWorker:
    return MailWorker(
        transport=transport,
        compose=compose,
        clock=clock,
        randomness=lambda: 0.5,
        options=WorkerOptions(**{"longest_rest": 0.01, "poll": 0.01, "pause": 0.01, **options}),
    )


@asynccontextmanager
async def running(delivery: MailWorker) -> AsyncIterator[None]:
    """The loop, until the block ends."""
    loop = asyncio.create_task(delivery.run())
    try:
        yield
    finally:
        loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)


async def queue(clock: Clock, *recipients: str, **data: object) -> list[OutgoingMail]:
    return [
        await OutgoingMail.create(
            letter="verification",
            recipient=recipient,
            data=data,
            due_at=clock(),
            created_at=clock(),
        )
        for recipient in recipients
    ]


async def eventually(condition: Callable[[], bool]) -> None:
    """As `harness.polling.eventually`, in the loop that the server under test also runs in."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what a server has got sets no event
            await asyncio.sleep(0.005)


async def states() -> dict[str, str]:
    return {mail.recipient: mail.state.value for mail in await OutgoingMail.all()}
