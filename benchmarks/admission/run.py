"""`make admission`: who is served, and when, if many come at once.

The server has all cores, which it shares with its database and with the client that asks. Settings
are as shipped, but for the rate limits, which nothing reaches. Exits with 1 if an answer was
neither a success nor a refusal.
"""

import argparse
import sys

import machine
from stage import Stage, staged

from admission.loads import Loads
from admission.row import HEAD
from admission.target import CORES, Target


def measure(stage: Stage, workers: int, seconds: float) -> list[str]:
    """Prints the rows of a server with so many workers, and returns what is broken."""
    arguments = ("--no-delivery", "--workers", str(workers))
    with stage.real(*arguments, cores=CORES) as side:
        target = Target(side)
        for row in Loads(target, workers, seconds).rows():
            print(row, flush=True)
    return target.broken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each load")
    chosen = parser.parse_args()
    print(machine.described(), "", HEAD, sep="\n", flush=True)
    with staged(cores=CORES) as stage:
        broken = [line for workers in (1, 2) for line in measure(stage, workers, chosen.seconds)]
    print(*broken, sep="\n")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
