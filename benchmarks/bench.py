"""`make bench`: ratios of what the server does and what the same machine could do at best.

Each is measured side by side in the same run. Prints a table and writes it as JSON; exits with 1
for what is broken, such as an answer that is no success or a row that is missing, and never for a
time.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import builds
import crowd
import machine
import mails
import memory
import million
import operations
import registering
import service_tokens
import starting
from report import HEAD, Finding, as_json
from rounds import Turns
from sink import sinking
from stage import Stage, staged

_RESULTS = Path(__file__).parent / "results" / "latest.json"
_SUBJECTS = (
    registering,
    builds,
    operations,
    service_tokens,
    crowd,
    memory,
    starting,
    mails,
    million,
)
_WITH_WHEEL = [*builds.NAMES, *registering.WITH_WHEEL]
_NAMES = [name for subject in _SUBJECTS for name in subject.NAMES]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help=f"some of: {' '.join(_NAMES)}")
    parser.add_argument("--quick", action="store_true", help="only looks for what is broken")
    parser.add_argument("--full", action="store_true", help="the million people as well: minutes")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each round")
    parser.add_argument("--minutes", type=float, default=0.5, help="of load, for the memory")
    parser.add_argument("--wheel-path", type=Path, help="the published Argon2 wheel, unpacked")
    parser.add_argument("--json", type=Path, default=_RESULTS)
    chosen = parser.parse_args()
    asked = set(chosen.only.replace(",", " ").split())
    if unknown := asked.difference(_NAMES):
        parser.error(f"--only takes some of {' '.join(_NAMES)}, not {' '.join(unknown)}")
    every = set(_NAMES) if chosen.full else set(_NAMES) - set(million.NAMES)
    chosen.only = asked or every
    chosen.people, chosen.calls, chosen.mails = 1_000_000, 300, 500
    if chosen.quick:
        chosen.rounds, chosen.seconds, chosen.minutes = 1, 0.1, 0.01
        chosen.people, chosen.calls, chosen.mails = 2_000, 8, 40
    return chosen


def _findings(chosen: argparse.Namespace, wheel: Path | None) -> Iterator[Finding]:
    only = chosen.only
    if only.intersection(builds.NAMES):
        yield from builds.builds(wheel, turns=_turns(chosen))
    if only.intersection(starting.NAMES):
        yield from starting.starting(rounds=1 if chosen.quick else 5)
    # A quick run looks for what is broken, and nobody is sent away for the time that it takes.
    waits = {"HASHING_WAIT": "60"} if chosen.quick else {}
    with staged(**waits) as stage:
        yield from _with_mails(stage, chosen)
        yield from registering.rows(stage, only, wheel=wheel, turns=_turns(chosen))
        yield from _without_mails(stage, chosen)
        if "mails" in only:
            yield from mails.mails(stage, rounds=chosen.rounds, count=chosen.mails, tell=_tell)
    if only.intersection(million.NAMES):
        yield from million.million(chosen.people, calls=chosen.calls, tell=_tell)


def _with_mails(stage: Stage, chosen: argparse.Namespace) -> Iterator[Finding]:
    """What is measured while mails are delivered as well."""
    if chosen.only.intersection(["register1", "memory"]):
        with sinking() as sink, stage.real(SMTP_URL=sink) as real:
            if "memory" in chosen.only:
                yield memory.idle(real)
            if "register1" in chosen.only:
                yield registering.registering(real, 1, turns=_turns(chosen))
            if "memory" in chosen.only:
                yield from memory.loaded(real, seconds=chosen.minutes * 60, tell=_tell)


def _without_mails(stage: Stage, chosen: argparse.Namespace) -> Iterator[Finding]:
    """What is compared with something that delivers none."""
    if chosen.only.intersection([*operations.NAMES, *service_tokens.NAMES, *crowd.NAMES]):
        with stage.real("--no-delivery") as real:
            yield from operations.operations(stage, real, chosen.only, turns=_turns(chosen))
            yield from service_tokens.service_tokens(stage, real, chosen.only, turns=_turns(chosen))
            if "overload" in chosen.only:
                yield from crowd.overloaded(real, seconds=chosen.seconds)
            if "bystanders" in chosen.only:
                yield from crowd.bystanders(real, turns=_turns(chosen))


def _turns(chosen: argparse.Namespace) -> Turns:
    return Turns(rounds=chosen.rounds, seconds=chosen.seconds, tell=_tell)


def _tell(text: str) -> None:
    print(text, end="", file=sys.stderr, flush=True)


def main() -> int:
    """0, or 1 if something is broken."""
    chosen = _arguments()
    print(machine.described(), "", HEAD, sep="\n", flush=True)
    findings = []
    ask_pip = not chosen.quick and bool(chosen.only.intersection(_WITH_WHEEL))
    with builds.published(chosen.wheel_path, ask_pip=ask_pip) as wheel:
        for finding in _findings(chosen, wheel):
            findings.append(finding)
            print(finding.row(), flush=True)
    for finding in builds.registrations(findings):
        findings.append(finding)
        print(finding.row(), flush=True)
    apart = [line for finding in findings for line in finding.numbers.get("apart", [])]
    broken = [f"{each.name}: {line}" for each in findings for line in each.broken]
    print("", *(f"differs: {line}" for line in apart), sep="\n")
    print(*(f"BROKEN: {line}" for line in broken), sep="\n")
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_bytes(as_json(findings, machine.facts()))
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
