"""Who waits for a hash, for how long, and whose turn is next."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.hashing.admission import Admission, Busy
from accounts.hashing.jobs import Job, Queue


def job(kind: str = "argon2") -> Job[str]:
    return Job(lambda: kind, kind)


def measured(admission: Admission, kind: str = "argon2", *, seconds: float) -> None:
    """A hash of this kind has taken so long."""
    admission.enter(Queue.LOGIN, job(kind))
    first = admission.next()
    assert first is not None
    admission.ended(first, seconds)


def entered(admission: Admission, line: Queue, tries: int) -> int:
    """How many more got in."""
    count = 0
    for _ in range(tries):
        with suppress(Busy):
            admission.enter(line, job())
            count += 1
    return count


def test_whoever_waits_no_longer_than_they_may_is_admitted_and_nobody_else():
    admission = Admission(threads=2, longest_wait=1.0)
    measured(admission, seconds=0.125)

    # The 17th finds 16 before it: one second of work for two threads. The 18th would wait longer.
    assert entered(admission, Queue.REGISTRATION, 30) == 17
    assert admission.load().wait_seconds[Queue.REGISTRATION] > 1.0
    assert admission.load().refused == 13

    admission.next()
    assert entered(admission, Queue.REGISTRATION, 30) == 1


def test_a_crowd_in_one_line_does_not_keep_the_other_one_waiting():
    admission = Admission(threads=1, longest_wait=1.0)
    measured(admission, seconds=0.125)
    assert entered(admission, Queue.REGISTRATION, 30) == 9

    # One registration comes before the first login, two before the second.
    assert admission.load().wait_seconds[Queue.LOGIN] == pytest.approx(0.125)
    logins = [job("bcrypt"), job("bcrypt")]
    for login in logins:
        admission.enter(Queue.LOGIN, login)
    kinds = [following.kind for _ in range(5) if (following := admission.next())]

    assert kinds.count("bcrypt") == 2
    assert kinds[-1] == "argon2"
    assert "argon2" in kinds[:2]


def test_slow_hashes_count_as_what_they_take():
    admission = Admission(threads=1, longest_wait=10.0)
    measured(admission, seconds=0.125)
    measured(admission, "bcrypt", seconds=1.0)
    admission.enter(Queue.LOGIN, job("bcrypt"))
    admission.enter(Queue.LOGIN, job())

    assert admission.load().wait_seconds[Queue.LOGIN] == pytest.approx(1.125)


def test_who_is_refused_is_told_when_to_come_back_and_not_all_at_the_same_time():
    admission = Admission(threads=1, longest_wait=2.0)
    measured(admission, seconds=1.0)
    entered(admission, Queue.REGISTRATION, 3)
    told = set()
    for _ in range(200):
        with pytest.raises(Busy) as refused:
            admission.check(Queue.REGISTRATION)
        told.add(refused.value.retry_after)

    # Three seconds are in the line.
    assert told == {4, 5, 6, 7, 8, 9}


def test_nobody_who_has_hung_up_or_stopped_waiting_comes_to_their_turn():
    admission = Admission(threads=1, longest_wait=2.0)
    gone = Job(lambda: "hash", "argon2", is_wanted=lambda: False)
    stopped, waiting = job(), job()
    for each in (gone, stopped, waiting):
        admission.enter(Queue.LOGIN, each)
    stopped.result.cancel()
    assert admission.load().waiting == 2

    assert admission.next() is waiting
    assert isinstance(gone.result.exception(), Busy)
    assert (admission.load().running, admission.load().waiting) == (1, 0)


@given(
    st.lists(st.sampled_from(["registers", "logs in", "served", "gives up"]), max_size=60),
    st.integers(1, 4),
)
def test_each_line_is_served_in_order_and_nobody_is_lost(events: list[str], threads: int):
    admission = Admission(threads=threads, longest_wait=1.0)
    measured(admission, seconds=0.25)
    lines: dict[Queue, list[Job[str]]] = {line: [] for line in Queue}
    for event in events:
        line = Queue.REGISTRATION if event == "registers" else Queue.LOGIN
        if event == "served":
            following = admission.next()
            if following is None:
                assert not any(lines.values())
            else:
                assert following in [queue[0] for queue in lines.values() if queue]
                next(queue for queue in lines.values() if following in queue).pop(0)
                admission.ended(following, 0.25)
        elif event == "gives up":
            if lines[line]:
                lines[line].pop().result.cancel()
        else:
            one = job()
            try:
                admission.enter(line, one)
            except Busy:
                assert admission.load().wait_seconds[line] > 1.0
            else:
                lines[line].append(one)
        assert admission.load().waiting == sum(map(len, lines.values()))
        assert admission.load().running == 0
