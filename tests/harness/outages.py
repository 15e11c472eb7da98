"""A database that is away, and what a server says of it."""

import httpx
from harness.postbox import Postbox
from harness.postgres import Cluster
from harness.settings import SECRET_KEY

UNAVAILABLE = {
    "__typename": "UnavailableError",
    "message": "Service temporarily unavailable. Please try again.",
    "retryAfterSeconds": 2,
}


def impatient(cluster: Cluster, postbox: Postbox) -> dict[str, str]:
    """The settings of a server that waits for its database for two seconds."""
    return {
        "DATABASE_URL": cluster.url("postgres"),
        "DATABASE_TIMEOUT": "2",
        "REQUEST_TIMEOUT": "3",
        "DATABASE_POOL": "4",
        "SECRET_KEY": SECRET_KEY,
        "SMTP_URL": postbox.url,
        "RATE_LIMITS": "off",
        "MAIL_LEASE": "2",
    }


def ready(url: str) -> int:
    return httpx.get(f"{url}/readyz", timeout=10).status_code
