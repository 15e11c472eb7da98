"""What is used of fastapi-mail, without what else it would load."""

from mail.absent import as_if_absent

# Its checker of addresses, which nobody uses here, takes them where it finds them: 10 MiB of each
# worker, and 0.1 s of its start.
with as_if_absent("httpx", "redis"):
    from fastapi_mail import ConnectionConfig
    from fastapi_mail.connection import Connection
    from fastapi_mail.errors import ConnectionErrors

__all__ = ["Connection", "ConnectionConfig", "ConnectionErrors"]
