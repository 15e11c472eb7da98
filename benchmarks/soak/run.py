"""`make soak minutes=30`: everything at once, while workers, SMTP and the database are killed.

The server is `connectx serve --workers 4` on a PostgreSQL of its own that syncs to the disk. All
cores are shared with the clients. Settings are as shipped, but for the amounts of the limits, which
nothing reaches. Prints Markdown tables, and exits with 1 if an invariant is broken.
"""

import argparse
import asyncio
import secrets
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import machine
import orjson

from soak.course import Soak, soak
from soak.ground import grounded
from soak.table import tables

_LOG = Path(__file__).parent.parent / "results" / "soak.log"


def _as_json(done: Soak) -> bytes:
    return orjson.dumps(
        {
            "checks": [asdict(check) for check in done.checks],
            "faults": Counter(fault.kind for fault in done.faults.happened),
            "outcomes": done.ledger.outcomes,
        }
    )


def main() -> int:
    """0 if every invariant holds, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="of load")
    parser.add_argument("--lease", type=int, default=60, help="seconds: CONNECTX_MAIL_LEASE")
    parser.add_argument("--pause", type=float, default=30.0, help="seconds between two faults")
    parser.add_argument("--seed", type=int, default=None, help="of what happens when")
    parser.add_argument("--json", type=Path, default=None, help="a file for the results")
    chosen = parser.parse_args()
    seed = secrets.randbelow(10**6) if chosen.seed is None else chosen.seed
    print(machine.described(), f"{chosen.minutes:g} minutes, seed {seed}", "", sep="\n", flush=True)
    with grounded(chosen.lease) as ground:
        course = soak(
            ground, seconds=chosen.minutes * 60, pause=chosen.pause, lease=chosen.lease, seed=seed
        )
        try:
            done = asyncio.run(course)
        finally:
            _LOG.parent.mkdir(exist_ok=True)
            _LOG.write_text(ground.server.output())
    print(*tables(done.ledger, done.faults.happened, done.samples, done.checks), sep="\n")
    if chosen.json is not None:
        chosen.json.write_bytes(_as_json(done))
    broken = [check for check in done.checks if check.broken]
    for check in broken:
        print("", *check.lines(), sep="\n")
    print(f"\nThe server's log is in {_LOG}")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
