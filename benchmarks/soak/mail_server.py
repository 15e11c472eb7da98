"""An SMTP server that keeps mails in a file: `python -m soak.mail_server PORT FILE`.

It keeps a mail before it says that it has taken it, as RFC 5321 6.1 asks of it. It takes its time
for that, as real ones do: in between it may be killed, and then the mail comes again.
"""

import asyncio
import email
import random
import re
import sys
import time
from email.policy import default
from pathlib import Path

import orjson
import uvloop
from aiosmtpd.smtp import SMTP, Envelope, Session

_SLOWEST = 0.2
"""Seconds until a mail that is kept is answered, at most."""


class _Keeper:
    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)

    async def handle_DATA(self, _: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        message = email.message_from_bytes(envelope.original_content or b"", policy=default)
        body = message.get_body(("plain",))
        code = re.match(r"(\d{6}) is your", message["subject"])
        link = re.search(r"/verify\S*#token=(\S+)", body.get_content() if body else "")
        kept = {
            "at": time.time(),
            "port": session.peer[1],
            "to": envelope.rcpt_tos[0],
            "id": str(message["Message-ID"]).strip("<>").partition("@")[0],
            "code": code and code[1],
            "link": link and link[1],
        }
        self._file.write(orjson.dumps(kept) + b"\n")
        await asyncio.sleep(random.uniform(0, _SLOWEST))  # noqa: S311 - no secret
        return "250 OK"


async def _serve(port: int, path: Path) -> None:
    keeper, loop = _Keeper(path), asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(keeper, loop=loop, enable_SMTPUTF8=True, hostname="mx.example"),
        "127.0.0.1",
        port,
    )
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1]), Path(sys.argv[2])))
