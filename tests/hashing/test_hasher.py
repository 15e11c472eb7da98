"""Hashes from several threads, for those who still wait for them."""

import asyncio

import pytest
from argon2.exceptions import HashingError
from harness.mail_worker import eventually

from accounts.hashing.hasher import Hasher, HashingCost
from accounts.hashing.jobs import Queue

SLOW = HashingCost(memory_kib=32 * 1024, iterations=32)
QUICK = HashingCost(memory_kib=8, iterations=1)


async def test_all_results_come_back_from_several_threads_whoever_stops_waiting():
    hasher = Hasher(QUICK, threads=4)
    making = [
        asyncio.create_task(hasher.hash("secure_password", queue=Queue.LOGIN)) for _ in range(400)
    ]
    await asyncio.sleep(0)
    for each in making[::3]:
        each.cancel()

    results = await asyncio.gather(*making, return_exceptions=True)

    made = [result for result in results if isinstance(result, str)]
    assert len(made) == 400 - len(making[::3])
    await eventually(lambda: (hasher.load().running, hasher.load().waiting) == (0, 0))
    hasher.close()


async def test_whoever_stops_waiting_is_not_hashed():
    hasher = Hasher(SLOW, threads=1)
    first, *others = [
        asyncio.create_task(hasher.hash("secure_password", queue=Queue.LOGIN)) for _ in range(9)
    ]
    await eventually(lambda: (hasher.load().running, hasher.load().waiting) == (1, 8))
    for each in others:
        each.cancel()
    await asyncio.gather(*others, return_exceptions=True)

    assert (hasher.load().running, hasher.load().waiting) == (1, 0)
    await first
    hasher.close()


async def test_whoever_waits_when_the_hasher_is_closed_does_not_wait_for_ever():
    hasher = Hasher(SLOW, threads=1)
    making = [
        asyncio.create_task(hasher.hash("secure_password", queue=Queue.LOGIN)) for _ in range(16)
    ]
    await eventually(lambda: (hasher.load().running, hasher.load().waiting) == (1, 15))

    hasher.close()

    first, *others = await asyncio.gather(*making, return_exceptions=True)
    assert isinstance(first, str)
    assert {type(other) for other in others} == {asyncio.CancelledError}
    with pytest.raises(asyncio.CancelledError):
        await hasher.hash("secure_password", queue=Queue.LOGIN)


async def test_a_thread_is_busy_until_its_hash_is_made_whoever_waits_for_it():
    hasher = Hasher(SLOW, threads=1)
    making = asyncio.create_task(hasher.hash("secure_password", queue=Queue.LOGIN))
    await eventually(lambda: hasher.load().running == 1)
    making.cancel()
    await asyncio.gather(making, return_exceptions=True)
    assert hasher.load().running == 1

    await eventually(lambda: hasher.load().running == 0)
    hasher.close()


async def test_a_failing_hash_is_told_to_whoever_waits_for_it_and_the_thread_goes_on():
    hasher = Hasher(HashingCost(memory_kib=8, iterations=0), threads=1)
    for _ in range(2):
        with pytest.raises(HashingError):
            await hasher.hash("secure_password", queue=Queue.LOGIN)

    assert not await hasher.verify("secure_password", "no hash")
    hasher.close()
