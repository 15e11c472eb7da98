"""Load from wrk, where it is installed, for requests that are all the same."""

import json
import os
import shutil
import subprocess
import tempfile
from array import array

from offering import OTHER_CORES, on
from orders import Load, Order

_WRK = shutil.which("wrk")

_SCRIPT = """
wrk.method = "POST"
wrk.path = {path}
wrk.body = {body}
wrk.headers["content-type"] = "application/json"
wrk.headers["accept"] = "application/json"

-- Each thread has a Lua of its own, and there is one thread.
local only
function setup(thread) only = thread end
good, strange = 0, ""
function response(status, headers, body)
    if status == 200 and string.find(body, {expected}, 1, true) then
        good = good + 1
    else
        strange = body
    end
end
function done(summary, latency, requests)
    local lost = summary.errors.connect + summary.errors.read + summary.errors.timeout
    io.write("RESULT ", only:get("good"), " ", summary.requests + lost, " ", summary.duration)
    for percent = 0.5, 99.5 do io.write(" ", latency:percentile(percent)) end
    io.write("\\n", only:get("strange"))
end
"""


def suits(order: Order) -> bool:
    """Whether wrk is there, and the time is one that it can measure; it counts in seconds."""
    return _WRK is not None and order.seconds >= 1


def offer_by_wrk(order: Order) -> Load:
    """What came back, like `offer`: the first request again and again."""
    head, _, body = order.requests[0].decode().partition("\r\n\r\n")
    expected = order.kinds[0].decode()
    script = _SCRIPT.format(
        path=json.dumps(head.split()[1]), body=json.dumps(body), expected=json.dumps(expected)
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file, on(OTHER_CORES):
        file.write(script)
        file.flush()
        command = [str(_WRK), "-t1", f"-c{order.connections}", f"-d{max(1, round(order.seconds))}s"]
        command += ["-s", file.name, f"http://127.0.0.1:{order.port}"]
        before = os.times()
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - wrk, with a script of ours
        after = os.times()
    numbers, _, strange = done.stdout.partition("RESULT ")[2].partition("\n")
    good, total, microseconds, *percentiles = (float(number) for number in numbers.split())
    return _load(
        {expected: int(good), "strange": int(total - good)},
        seconds=microseconds / 1e6,
        cpu=after.children_user
        + after.children_system
        - before.children_user
        - before.children_system,
        percentiles=array("d", (value / 1e6 for value in percentiles)),
        strange=strange.encode(),
    )


def _load(
    counts: dict[str, int],
    *,
    seconds: float,
    cpu: float,
    percentiles: "array[float]",
    strange: bytes,
) -> Load:
    found = {kind: count for kind, count in counts.items() if count}
    times = dict.fromkeys(found, percentiles)
    return Load(times=times, counts=found, seconds=seconds, cpu=cpu, strange=strange)
