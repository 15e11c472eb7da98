"""What people do on the server under soak."""

import asyncio
from collections.abc import Awaitable, Callable

from soak.visitor import Visitor
from soak.world import World

_MOST_GUESSES = 7
"""Two more than a code allows."""

Story = Callable[[Visitor, World], Awaitable[None]]


async def customer(visitor: Visitor, world: World) -> None:
    """Watches, mistypes the code once or twice, sends the right one twice, and looks around."""
    await visitor.register()
    visitor.watch()
    await visitor.mail()
    for _ in range(world.chance.randrange(3)):
        await visitor.mistype()
    await asyncio.gather(visitor.verify(), visitor.verify())
    await visitor.be_told()
    await _visit(visitor, world)


async def member(visitor: Visitor, world: World) -> None:
    """Registers at a tenant that mails links, and follows the link."""
    visitor.person.tenant = world.tenant
    await visitor.register()
    visitor.watch()
    await visitor.mail()
    await visitor.follow_link()
    await visitor.be_told()
    await _visit(visitor, world)


async def forgetful(visitor: Visitor, world: World) -> None:
    """Asks for another code; the old one is wrong from then on."""
    await visitor.register()
    old = (await visitor.mail()).code
    await visitor.resend()
    new = (await visitor.mail(2)).code
    if old is not None and old != new:
        await visitor.guess(old)
    await visitor.verify()
    await _visit(visitor, world)


async def guesser(visitor: Visitor, world: World) -> None:
    """Uses up all guesses, is refused with the right code, and verifies with another one."""
    await _guess_to_the_end(visitor, world)
    await visitor.resend()
    await visitor.mail(2)
    await visitor.verify()


async def burglar(visitor: Visitor, world: World) -> None:
    """Uses up all guesses, and stays without."""
    await _guess_to_the_end(visitor, world)


STORIES: dict[Story, int] = {customer: 5, member: 3, forgetful: 2, guesser: 2, burglar: 1}
"""Each with how often it happens among the others."""


async def _guess_to_the_end(visitor: Visitor, world: World) -> None:
    await visitor.register()
    await visitor.mail()
    await asyncio.gather(*(visitor.mistype() for _ in range(_MOST_GUESSES)))
    while await visitor.mistype() != "TooManyAttemptsError":
        await world.pause(0.5)  # an outage has cost some of the guesses
    await visitor.try_code("TooManyAttemptsError")


async def _visit(visitor: Visitor, world: World) -> None:
    if world.chance.randrange(3) == 0:
        await visitor.log_in_wrongly()
    await visitor.log_in()
    for _ in range(world.chance.randrange(1, 5)):
        await visitor.look("found")
    if world.chance.randrange(2) == 0:
        await visitor.log_out()
        await visitor.look("nothing")
