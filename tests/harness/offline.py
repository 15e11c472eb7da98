"""A network with nothing in it but loopback, so that all of its ports are free."""

import os
import shlex
from pathlib import Path
from typing import Self

from harness.polling import eventually
from harness.processes import Process
from harness.tools import find_tool, needed


class Offline:
    """Programs inside reach each other, and nobody else."""

    def __init__(self) -> None:
        if os.geteuid() != 0:
            needed("Only root can begin a network.")
        ip = find_tool("ip", "/usr/sbin/ip", get="apt-get install iproute2")
        begin = f"{shlex.quote(ip)} link set lo up; echo begun; exec sleep infinity"
        self._holder = Process("unshare", "--net", "sh", "-euc", begin)
        eventually(lambda: "begun" in self._holder.output() or not self._holder.runs, "the network")
        assert self._holder.runs, self._holder.output()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._holder.kill()

    def inside(self, *command: str) -> list[str]:
        """The command as it runs inside."""
        return ["nsenter", f"--net=/proc/{self._holder.pid}/ns/net", *command]

    def wrapped(self, program: str, into: Path) -> str:
        """The path of a script that runs the program inside."""
        into.write_text(f'#!/bin/sh\nexec {shlex.join(self.inside(program))} "$@"\n')
        into.chmod(0o755)
        return str(into)
