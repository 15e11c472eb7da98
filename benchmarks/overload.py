"""`make overload`: registrations at ten times what the hashing can do.

Measures the capacity, then sends ten times as much for ten seconds, whether answers come or not.
Prints the latency of those who were admitted and of those who were refused, and the server's memory
before and after.
"""

import sys

from crowd import overload
from memory import worker_mib
from stage import staged

_SECONDS = 10
_TIMES = 10


def main() -> int:
    """0, or 1 if an answer was neither a registration nor a refusal, or a row is missing."""
    with staged() as stage, stage.real("--no-delivery") as real:
        overload(real, times=1, seconds=1, name="warm")
        before, _ = worker_mib(real.pid)
        found = overload(real, times=_TIMES, seconds=_SECONDS, name="crowd")
        after, _ = worker_mib(real.pid)
    print(*found.lines(), *found.broken, sep="\n")
    print(f"memory: {before:.0f} MiB before, {after:.0f} MiB after")
    return int(bool(found.broken))


if __name__ == "__main__":
    sys.exit(main())
