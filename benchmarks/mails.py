"""Mails that one worker delivers a second, against aiosmtplib with the same messages."""

import pickle
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import people
from harness.database import rows
from harness.polling import eventually
from harness.processes import COMMAND, Process
from offering import SERVER_CORES, on
from report import Finding
from sink import sinking
from stage import EVERYTHING, Stage

NAMES = ["mails"]

_QUEUE = """
INSERT INTO outgoing_mails
    (id, letter, recipient, data, verification_id, state, due_at, attempts, created_at)
SELECT gen_random_uuid(), 'verification', email, '{{"product": "ConnectX"}}', verification_id,
    'queued', now(), 0, now()
FROM users WHERE email LIKE '{name}%'
"""
_SENT = """
SELECT count(*) AS n, count(*) FILTER (WHERE sent_at > first) AS later,
    extract(epoch FROM max(sent_at) - min(sent_at))::float AS seconds
FROM (
    SELECT sent_at, min(sent_at) OVER () AS first
    FROM outgoing_mails WHERE recipient LIKE '{name}%' AND state = 'sent'
) AS mails
"""
_PLAIN = str(Path(__file__).with_name("plain_smtp.py"))
_PATIENCE = 120.0
_LOOK_EVERY = 0.25
"""Seconds: each look costs the database a connection, and both cores time."""


def mails(
    stage: Stage, *, rounds: int, count: int, tell: Callable[[str], None]
) -> Iterator[Finding]:
    """The row, from `rounds` queues of `count` mails."""
    delivered: list[float] = []
    plain: list[float] = []
    broken: list[str] = []
    for number in range(rounds):
        with tempfile.NamedTemporaryFile() as kept:
            name = f"mail-{number}-"
            delivered.append(_delivered(stage, name, count, kept.name))
            with sinking() as sink, on(SERVER_CORES):
                command = [sys.executable, "-W", "ignore", _PLAIN, sink.rpartition(":")[2]]
                done = subprocess.run(  # noqa: S603 - a script of ours
                    [*command, kept.name], capture_output=True, text=True, check=True
                )
            plain.append(float(done.stdout))
            taken = len(pickle.loads(Path(kept.name).read_bytes()))  # noqa: S301 - by the sink
            if taken != count:
                broken.append(f"{count} mails, of which {taken} arrived")
            tell(".")
    ratios = [here / there for here, there in zip(delivered, plain, strict=True)]
    yield Finding(
        name="mails",
        what="mails delivered a second, one worker",
        against="aiosmtplib over one connection",
        ratio=statistics.median(ratios),
        scatter=(min(ratios), max(ratios)),
        goal=0.6,
        note=f"{statistics.median(delivered):.0f} and {statistics.median(plain):.0f} a second",
        broken=broken,
        numbers={"delivered": delivered, "plain": plain},
    )


def _delivered(stage: Stage, name: str, count: int, kept: str) -> float:
    """Mails a second, from the first batch that the worker has recorded as sent to the last."""
    people.make(stage.url, name, count)
    rows(stage.url, "DELETE FROM outgoing_mails")  # what others have left
    rows(stage.url, _QUEUE.format(name=name))
    with sinking(keep=kept) as sink:
        settings = {"DATABASE_URL": stage.url, "SMTP_URL": sink, "PUBLIC_URL": "http://localhost"}
        with on(SERVER_CORES):
            worker = Process(COMMAND, "mail", "worker", **{**EVERYTHING, **settings})
        with worker:
            sent = _SENT.format(name=name)
            eventually(
                lambda: rows(stage.url, sent)[0]["n"] == count or not worker.runs,
                f"{count} mails",
                patience=_PATIENCE,
                every=_LOOK_EVERY,
            )
            found = rows(stage.url, sent)[0]
            if found["n"] != count:
                raise RuntimeError(worker.output())
    return int(found["later"]) / float(found["seconds"])  # those of the first batch left before
