"""The checks of `make soak` find what is wrong with the answers, logs and workers of a server."""

from __future__ import annotations

import pytest
from harness.soak_checks import broken

pytestmark = pytest.mark.usefixtures("benchmarks")


def test_a_lost_request_without_a_kill_and_an_untold_subscriber_are_found():
    from soak.answers import answers
    from soak.faults import Fault
    from soak.ledger import Ledger, LostRequest

    ledger = Ledger()
    ada = ledger.new_person("ada")
    ada.confirmed_at, ada.told_at = 1.0, 2.0
    ledger.lost.append(LostRequest("login", 10.0, 11.0))
    kill = Fault("a worker killed", 10.5, 10.5)

    assert broken(answers(ledger, [kill])) == set()
    ada.told_at = None
    ledger.bugs.append("login: InternalError")
    assert broken(answers(ledger, [])) == {
        "no answer was an InternalError",
        "no request was lost, except with its worker",
        "every subscriber was told of the verification",
    }


def test_a_traceback_in_the_log_is_found():
    from soak.answers import logged

    line = '{"event":"incident 1","level":"error"'
    outage = logged(f"connectx is starting\n{line}}}")
    bug = logged(f'connectx is starting\n{line},"exception":"Traceback"}}')

    assert (outage.count, outage.broken) == (2, [])
    assert len(bug.broken) == 1


def test_a_worker_that_grows_or_ends_by_itself_is_found():
    from soak.answers import processes
    from soak.samples import Life, Samples

    samples = Samples(0)
    seconds = [float(second) for second in range(180)]
    samples.lives = {7: Life(7, seconds, [100.0] * 180, [30.0] * 180)}
    common = {"began_with": 20}

    assert broken(processes(samples, [], now={7: 30}, **common)) == set()
    assert broken(processes(samples, [], now={7: 36}, **common)) == {
        "descriptors are back after the load"
    }
    assert broken(processes(samples, [], now={}, **common)) == {
        "no worker ended, except those that were killed"
    }
    samples.lives[7].mib[120:] = [106.0] * 60
    assert broken(processes(samples, [], now={7: 30}, **common)) == {
        "memory and descriptors of long-lived workers are flat"
    }
