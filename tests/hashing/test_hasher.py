"""Places in the line for hashing: how many there are, and when one is free again."""

import asyncio
from contextlib import suppress

import pytest
from harness.mail_worker import eventually
from hypothesis import given
from hypothesis import strategies as st

from accounts.hashing.admission import Admission, Busy
from accounts.hashing.hasher import Hasher, HashingCost

SLOW = HashingCost(memory_kib=32 * 1024, iterations=32)


def entered(line: Admission, tries: int) -> int:
    """How many more got in."""
    count = 0
    for _ in range(tries):
        with suppress(Busy):
            line.enter()
            count += 1
    return count


def test_a_line_is_half_as_long_in_a_crowd_until_there_is_little_to_do():
    line = Admission(served=2, waiting=6)
    assert entered(line, 8 + 5) == 8
    line.leave()
    assert entered(line, 1) == 1, "five refusals are no crowd yet"

    assert entered(line, 1) == 0
    for _ in range(3):
        line.leave()
    assert entered(line, 1) == 0
    line.leave()
    assert entered(line, 1) == 1, "three wait behind two"

    for _ in range(4):
        line.leave()
    assert entered(line, 20) == 7, "the one that is left does not keep the others out"


def test_looking_takes_no_place():
    line = Admission(served=1, waiting=0)
    line.check()
    line.check()
    line.enter()
    with pytest.raises(Busy):
        line.check()


@given(st.lists(st.booleans()), st.integers(1, 4), st.integers(0, 9))
def test_a_line_takes_whoever_can_be_served_and_never_more_than_it_may(
    comings: list[bool], served: int, waiting: int
):
    line, inside = Admission(served=served, waiting=waiting), 0
    for comes in comings:
        if comes:
            came = entered(line, 1)
            assert came or inside >= served
            inside += came
        elif inside:
            line.leave()
            inside -= 1
        assert inside == line.taken <= served + waiting


async def test_all_results_come_back_from_several_threads_whoever_stops_waiting():
    told: list[tuple[int, int]] = []
    quick = HashingCost(memory_kib=8, iterations=1)
    hasher = Hasher(quick, threads=4, max_waiting=400, watch=lambda *counts: told.append(counts))
    making = [asyncio.create_task(hasher.hash("secure_password")) for _ in range(400)]
    await asyncio.sleep(0)
    for each in making[::3]:
        each.cancel()

    results = await asyncio.gather(*making, return_exceptions=True)

    made = [result for result in results if isinstance(result, str)]
    assert len(made) == 400 - len(making[::3])
    await eventually(lambda: told[-1] == (0, 0))
    hasher.close()


async def test_whoever_waits_when_the_hasher_is_closed_does_not_wait_for_ever():
    hasher = Hasher(SLOW, threads=1, max_waiting=15)
    making = [asyncio.create_task(hasher.hash("secure_password")) for _ in range(16)]
    await asyncio.sleep(0)

    hasher.close()

    first, *others = await asyncio.gather(*making, return_exceptions=True)
    assert isinstance(first, str)
    assert {type(other) for other in others} == {asyncio.CancelledError}


async def test_a_place_is_held_until_its_hash_is_made_whoever_waits_for_it():
    hasher = Hasher(SLOW, threads=1, max_waiting=0)
    making = asyncio.create_task(hasher.hash("secure_password"))
    await asyncio.sleep(0)
    making.cancel()
    await asyncio.gather(making, return_exceptions=True)
    assert not is_free(hasher)

    await eventually(lambda: is_free(hasher))
    hasher.close()


def is_free(hasher: Hasher) -> bool:
    with suppress(Busy):
        hasher.admit()
        return True
    return False
