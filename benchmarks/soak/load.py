"""The load of a soak: people one after the other on each of some seats, and those who leave."""

import asyncio
import random
from collections.abc import Coroutine, Iterator, Mapping
from itertools import count
from typing import Any, TypeVar

from harness.processes import connectx

from soak.client import Client, GivenUpError
from soak.hostile import NUISANCES
from soak.ledger import Person
from soak.stories import STORIES
from soak.visitor import Visitor
from soak.world import World

_SEATS = 12
"""How many people are on the server at a time."""
_NUISANCE_SEATS = 4
_PAUSE = 0.6
"""Seconds between two people on one seat, in the mean."""
_FINISHED = 120.0
"""Seconds in which the last stories come to their end."""

T = TypeVar("T")


class Load:
    """Everything that clients do, until `stop`."""

    def __init__(self, world: World, settings: Mapping[str, str], *, leaving_every: float) -> None:
        self._world = world
        self._settings = dict(settings)
        self._leaving_every = leaving_every
        self._numbers = count()
        self._stories = _drawn(world.chance, STORIES)
        self._nuisances = _drawn(world.chance, NUISANCES)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        for _ in range(_SEATS):
            self._begin(self._visit(), "people")
        for _ in range(_NUISANCE_SEATS):
            self._begin(self._annoy(), "nuisances")
        self._begin(self._leave(), "leavers")

    async def stop(self) -> None:
        """Begins nothing more, and waits for the end of what runs. Raises what that raised."""
        self._world.stopping.set()
        async with asyncio.timeout(_FINISHED):
            await asyncio.gather(*self._tasks)

    def client(self) -> Client:
        """Another client, with an address of its own."""
        return Client(self._world.port, next(self._numbers), self._world.ledger)

    def _begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._tasks.append(asyncio.create_task(work, name=name))

    async def _visit(self) -> None:
        client, world = self.client(), self._world
        while not world.stopping.is_set():
            story = next(self._stories)
            visitor = Visitor(client, world, world.ledger.new_person(story.__name__))
            try:
                await story(visitor, world)
            except GivenUpError as given_up:
                world.ledger.give_up(visitor.person, given_up, stopping=world.stopping.is_set())
            finally:
                await visitor.leave()
            await asyncio.sleep(world.chance.expovariate(1 / _PAUSE))
        await client.http.aclose()

    async def _annoy(self) -> None:
        client, world = self.client(), self._world
        while not world.stopping.is_set():
            await next(self._nuisances)(client, world)
            await asyncio.sleep(world.chance.expovariate(1 / _PAUSE))
        await client.http.aclose()

    async def _leave(self) -> None:
        """People who are deleted by an operator while they use the server."""
        client, world = self.client(), self._world
        while not world.stopping.is_set():
            tenant = world.tenant if world.chance.randrange(2) else None
            person = world.ledger.new_person("leaver", tenant=tenant)
            visitor = Visitor(client, world, person)
            try:
                await self._be_deleted(visitor)
            except GivenUpError as given_up:
                world.ledger.give_up(visitor.person, given_up, stopping=world.stopping.is_set())
            finally:
                await visitor.leave()
            await asyncio.sleep(self._leaving_every)
        await client.http.aclose()

    async def _be_deleted(self, visitor: Visitor) -> None:
        await visitor.register()
        await visitor.mail()
        if self._world.chance.randrange(2):
            await visitor.confirm()
            await visitor.log_in()
        deletion = asyncio.create_task(asyncio.to_thread(self._delete, visitor.person))
        try:
            while not deletion.done():
                await visitor.use_while_deleted()
        finally:
            await deletion

    def _delete(self, person: Person) -> None:
        """`connectx users delete`, again where the database was away meanwhile."""
        while True:
            done = connectx("users", "delete", person.email, "--yes", **self._settings)
            gone = "no user" in done.stderr.lower()
            if done.returncode == 0 or gone:
                person.deleted = True
                self._world.ledger.outcomes["connectx users delete"]["deleted"] += 1
                return
            self._world.ledger.outcomes["connectx users delete"]["again"] += 1


def _drawn(chance: random.Random, weighted: Mapping[T, int]) -> Iterator[T]:
    """Each once, and then at random, as often as their weights say."""
    yield from weighted
    while True:
        yield from chance.choices(list(weighted), list(weighted.values()))
