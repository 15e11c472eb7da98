"""Service tokens a second on one core, and their keys against a static file of the same server."""

import statistics
from collections.abc import Collection, Iterator
from dataclasses import replace

from cases import Case
from harness.paths import OPERATIONS
from harness.service_tokens import Operator
from offering import post
from people import SECRET_KEY
from report import Finding
from rounds import Measured, Side, Turns, take_turns
from stage import Stage

from server.clock import utc_now

NAMES = ["service_token", "jwks"]

_ENOUGH = 1_000
"""Tokens a second on one core, the goal."""

_ISSUE = (OPERATIONS / "issue_service_token.graphql").read_text()


def _issue(path: str, name: str, number: int) -> bytes:
    body = {"query": _ISSUE, "variables": {"audience": "posts"}}
    return post(path, body, token=f"token-{name}{number}")


def _get(path: str, _name: str, _number: int) -> bytes:
    return f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".encode()


_TOKEN = Case("service_token", "issueServiceToken", 1.0, _issue, b'"__typename":"ServiceToken"')
_KEYS = Case("jwks", "jwks.json", 1.0, _get, b'"kty":"EC"', per_person=0)
_FILE = Case("file", "a static file", 1.0, _get, b"color-scheme", per_person=0)


def service_tokens(
    stage: Stage, real: Side, only: Collection[str], *, turns: Turns
) -> Iterator[Finding]:
    """A row for each of `only`; `real` delivers no mails."""
    if not set(only) & set(NAMES):
        return
    Operator({"DATABASE_URL": stage.url, "SECRET_KEY": SECRET_KEY}, utc_now).audience()
    if "service_token" in only:
        [tokens] = take_turns(_TOKEN, [real], turns=turns)
        yield _finding(_TOKEN, tokens, f"{_ENOUGH:,} a second on one core", [_ENOUGH])
    if "jwks" in only:
        [keys] = take_turns(_KEYS, [replace(real, path="/.well-known/jwks.json")], turns=turns)
        [file] = take_turns(_FILE, [replace(real, path="/static/pages.css")], turns=turns)
        keys.broken += file.broken
        yield _finding(_KEYS, keys, "a static file", file.rates)


def _finding(case: Case, measured: Measured, against: str, rates: list[float]) -> Finding:
    finding = Finding(case.name, case.title, against, None, case.goal, broken=measured.broken)
    if measured.rates and rates:
        usual = statistics.median(rates)
        finding.ratio = measured.rate / usual
        finding.scatter = min(measured.rates) / usual, max(measured.rates) / usual
        finding.client_cpu = statistics.median(measured.client_cpu)
        cpu = statistics.median(measured.cpu_ms)
        finding.note = f"{measured.rate:.0f} and {usual:.0f} a second; {cpu:.2f} ms of CPU each"
        finding.numbers = {"server": measured.numbers()}
    return finding
