"""aiosmtplib on its own: `python plain_smtp.py PORT FILE` prints mails a second.

Sends the messages of a sink's file over one connection, one after the other.
"""

import asyncio
import pickle
import sys
import time
from pathlib import Path

import uvloop
from aiosmtplib import SMTP


async def _rate(port: int, messages: list[tuple[str, bytes]]) -> float:
    session = SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False)
    await session.connect()
    begun = time.perf_counter()
    for recipient, message in messages:
        await session.sendmail("no-reply@localhost", [recipient], message)
    seconds = time.perf_counter() - begun
    await session.quit()
    return len(messages) / seconds


if __name__ == "__main__":
    kept = pickle.loads(Path(sys.argv[2]).read_bytes())  # noqa: S301 - written by the sink
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(runner.run(_rate(int(sys.argv[1]), kept)))
