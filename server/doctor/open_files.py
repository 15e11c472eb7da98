"""Checks how many files a server may open: each connection is one."""

from server.doctor.findings import Finding, fine, warning
from server.edge.open_files import max_open_files
from server.settings import Settings

_OTHERS = 112
"""Files for the database, mails, requests and Python itself."""


async def check_open_files(settings: Settings) -> list[Finding]:
    allowed = max_open_files()
    needed = settings.subscriptions + _OTHERS
    if allowed >= needed:
        return [fine("open files", f"at most {allowed}")]
    what = f"at most {allowed}, but CONNECTX_SUBSCRIPTIONS={settings.subscriptions} needs {needed}"
    to_do = (
        f"Set LimitNOFILE={needed} or more in the systemd unit, or ulimit -n; or lower "
        "CONNECTX_SUBSCRIPTIONS."
    )
    return [warning("open files", what, to_do)]
