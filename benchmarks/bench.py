"""`make bench`: ratios of what the server does and what the same machine could do at best.

Each is measured side by side in the same run. Prints a table and writes it as JSON; exits with 1
for what is broken, such as an answer that is no success or a row that is missing, and never for a
time.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import machine
import operations
import registering
from report import HEAD, Finding, as_json
from stage import staged

_RESULTS = Path(__file__).parent / "results" / "latest.json"
_NAMES = [*registering.NAMES, *operations.NAMES]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help=f"some of: {' '.join(_NAMES)}")
    parser.add_argument("--quick", action="store_true", help="20 seconds: looks only for breakage")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each round")
    parser.add_argument("--json", type=Path, default=_RESULTS)
    chosen = parser.parse_args()
    chosen.only = set(chosen.only.replace(",", " ").split()) or set(_NAMES)
    if unknown := chosen.only.difference(_NAMES):
        parser.error(f"--only takes some of {' '.join(_NAMES)}, not {' '.join(unknown)}")
    if chosen.quick:
        chosen.rounds, chosen.seconds = 1, 0.4
    return chosen


def _findings(chosen: argparse.Namespace) -> Iterator[Finding]:
    def tell(text: str) -> None:
        print(text, end="", file=sys.stderr, flush=True)

    given = {"rounds": chosen.rounds, "seconds": chosen.seconds, "tell": tell}
    with staged() as stage:
        if chosen.only & set(operations.NAMES):
            yield from operations.operations(stage, chosen.only, **given)
        if chosen.only & set(registering.NAMES):
            yield from registering.registering(stage, chosen.only, **given)


def main() -> int:
    chosen = _arguments()
    print(machine.described())
    findings = list(_findings(chosen))
    print("", HEAD, *(finding.row() for finding in findings), sep="\n")
    apart = [line for finding in findings for line in finding.numbers.get("apart", [])]
    broken = [f"{each.name}: {line}" for each in findings for line in each.broken]
    print(
        "",
        *(f"differs: {line}" for line in apart),
        *(f"BROKEN: {line}" for line in broken),
        sep="\n",
    )
    chosen.json.parent.mkdir(exist_ok=True)
    chosen.json.write_bytes(as_json(findings, machine.facts()))
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
