"""Checks what a failover of PostgreSQL would lose."""

from models.sql.database import fetch
from server.doctor.findings import Finding, fine, warning

# Without the role pg_monitor, the standbys can be counted, but not what they do.
_ABOUT = """
SELECT current_setting('synchronous_commit') AS waits,
    current_setting('synchronous_standby_names') <> '' AS named,
    (SELECT count(*) FROM pg_stat_replication) AS standbys
"""
_TO_DO = "See docs/deployment.md, Failover: set synchronous_standby_names if nothing may be lost."


async def check_replication() -> Finding:
    """One finding about the connected database."""
    [about] = await fetch(_ABOUT)
    if about["waits"] == "off":
        what = "synchronous_commit is off: a crash of the server loses the last moments"
        return warning("replication", what, "Set synchronous_commit to on.")
    if about["named"] and about["waits"] != "local":
        what = "synchronous: a standby has what is answered with success"
        return fine("replication", what)
    if about["standbys"]:
        what = "asynchronous: a failover loses what the standby has not received yet"
        return warning("replication", what, _TO_DO)
    return fine("replication", "no standby")
