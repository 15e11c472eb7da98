"""The parts of fastapi-mail that connectx uses, imported without those that it does not use."""

from mail.optional_imports import as_if_absent

# fastapi-mail's address checker, which connectx does not use, imports httpx and redis where they
# are installed: 10 MiB in each worker.
with as_if_absent("httpx", "redis"):
    from fastapi_mail import ConnectionConfig
    from fastapi_mail.connection import Connection
    from fastapi_mail.errors import ConnectionErrors

__all__ = ["Connection", "ConnectionConfig", "ConnectionErrors"]
