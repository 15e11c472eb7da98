"""Places in the line for hashing: how many there are, and when one is free again."""

import asyncio
from contextlib import suppress

from delivering import eventually
from hypothesis import given
from hypothesis import strategies as st

from accounts.hashing import Hasher, HashingCost
from accounts.hashing_line import Busy, Line

SLOW = HashingCost(memory_kib=32 * 1024, iterations=32)


def taken(line: Line, at_most: int) -> int:
    """How many more got in, of so many who tried."""
    count = 0
    for _ in range(at_most):
        with suppress(Busy):
            line.enter()
            count += 1
    return count


def test_a_line_is_half_as_long_in_a_crowd_until_nobody_is_left():
    line = Line(served=2, waiting=6)
    assert taken(line, 8 + 5) == 8
    line.leave()
    assert taken(line, 1) == 1, "five refusals are not a crowd yet"

    assert taken(line, 1) == 0
    for _ in range(3):
        line.leave()
    assert taken(line, 1) == 0
    line.leave()
    assert taken(line, 1) == 1, "three wait behind two"

    for _ in range(5):
        line.leave()
    assert taken(line, 20) == 8


@given(st.lists(st.booleans()), st.integers(1, 4), st.integers(0, 9))
def test_a_line_takes_whoever_comes_when_it_is_empty_and_never_more_than_it_may(
    comings: list[bool], served: int, waiting: int
):
    line, inside = Line(served=served, waiting=waiting), 0
    for comes in comings:
        if comes:
            came = taken(line, 1)
            assert came or inside >= served
            inside += came
        elif inside:
            line.leave()
            inside -= 1
        assert inside <= served + waiting


def is_free(hasher: Hasher) -> bool:
    with suppress(Busy), hasher.place():
        return True
    return False


async def test_a_place_is_held_until_its_hash_is_made_whoever_waits_for_it():
    hasher = Hasher(SLOW, threads=1, max_waiting=0)
    place = hasher.place()

    async def make() -> None:
        with place:
            await hasher.hash("secure_password", place=place)

    making = asyncio.create_task(make())
    await asyncio.sleep(0)
    making.cancel()
    await asyncio.gather(making, return_exceptions=True)
    assert not is_free(hasher)

    await eventually(lambda: is_free(hasher))
    hasher.close()


async def test_a_place_that_was_not_needed_is_free_at_once():
    hasher = Hasher(SLOW, threads=1, max_waiting=0)
    assert is_free(hasher)
    assert is_free(hasher)
    hasher.close()
