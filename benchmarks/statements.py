"""Whether the bare routes still do what the real server does: the statements, and the answers."""

import re
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
import people
from cases import Case
from harness.postgres import Cluster

_STATEMENT = re.compile(r"LOG:  (?:execute [^:]+|statement):\s+((?:(?!\n\d{4}-).)*)", re.DOTALL)


@dataclass(frozen=True)
class Trace:
    """What one request asked of the database, and what it was answered."""

    statements: list[str]
    resets: int
    """Round trips with which the pool cleans a connection."""
    answer: Any


def logged(cluster: Cluster, *, on: bool) -> None:
    """Has PostgreSQL write down every statement, or stop it."""
    cluster.execute(f"ALTER SYSTEM SET log_statement = '{'all' if on else 'none'}'")
    cluster.execute("SELECT pg_reload_conf()")
    time.sleep(0.3)  # until the open connections have heard of it, which nothing tells


def trace(cluster: Cluster, port: int, path: str, case: Case) -> Trace:
    """The second of two requests: the first one fills caches."""
    name = f"trace-{case.name}-{path.strip('/')}-"
    people.make(cluster.url("postgres"), name, 8)
    for number in (0, 4):
        logged_before = len(cluster.log())
        head, _, body = case.request(path, name, number).partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[2:])
        answer = httpx.post(f"http://127.0.0.1:{port}{path}", content=body, headers=headers)
    every = [" ".join(each.split()) for each in _STATEMENT.findall(cluster.log()[logged_before:])]
    return Trace(
        statements=[_plain(each) for each in every if "pg_adv" not in each],
        resets=sum("pg_adv" in each for each in every),
        answer=_shape(orjson.loads(answer.content)),
    )


def _plain(statement: str) -> str:
    """Without what makes no difference: quotes, and in which order Tortoise names columns."""
    plain = statement.replace('"', "").rstrip(";")
    columns, found, rest = plain.removeprefix("SELECT ").partition(" FROM ")
    if not plain.startswith("SELECT ") or not found:
        return plain
    return f"SELECT {','.join(sorted(columns.split(',')))} FROM {rest}"  # noqa: S608 - read and not run


def _shape(value: Any) -> Any:
    """Names and types without the values."""
    if isinstance(value, dict):
        return {name: _shape(inner) for name, inner in value.items()}
    return [_shape(inner) for inner in value] if isinstance(value, list) else type(value).__name__


def differences(case: Case, real: Trace, bare: Trace) -> list[str]:
    """What a person has to bring up to date in bare.py before they believe a ratio."""
    found = []
    here, there = Counter(real.statements), Counter(bare.statements)
    if len(real.statements) != len(bare.statements):
        numbers = f"{len(real.statements)} statements, bare {len(bare.statements)}"
        found.append(f"{case.name}: the server runs {numbers}")
    found += [f"{case.name}: only the server: {each[:150]}" for each in here - there]
    found += [f"{case.name}: only bare: {each[:150]}" for each in there - here]
    if real.answer != bare.answer:
        found.append(f"{case.name}: answered {real.answer}, bare {bare.answer}")
    return found
