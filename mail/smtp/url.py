"""Reads the SMTP URL that says how mails are sent."""

import re
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from pydantic import SecretStr

from mail.smtp.envelope import split_sender
from mail.smtp.fastapi_mail_imports import ConnectionConfig

COMMAND_TIMEOUT = 10
"""Seconds for the connection, and for the answer to each command."""

_SUBMISSION, _SUBMISSION_TLS, _RELAY = 587, 465, 25
_HOST = re.compile(r"[A-Za-z0-9_.:-]+")
_SHAPE = (
    "an SMTP URL looks like smtp://user:password@host:587 or smtps://host; "
    "special characters in user and password are percent-encoded"
)


def smtp_config(url: str, mail_from: str, *, timeout: int = COMMAND_TIMEOUT) -> ConnectionConfig:
    """The configuration for an `smtp://` or `smtps://` URL and the sender of the mails.

    - `smtps://host` uses TLS from the first byte, by default on port 465.
    - `smtp://user:password@host` uses port 587 with STARTTLS, `smtp://host` port 25 without it.
    - STARTTLS is required with credentials or on port 587. Otherwise an attacker could remove the
      server's offer and read passwords and codes. Elsewhere STARTTLS is not used.
      `?starttls=required` or `?starttls=never` overrides this.

    `mail_from` is an address or `Name <address>`. Raises ValueError, whose message never contains
    the password.
    """
    parts = _split(url)
    tls = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    port = parts.port or (_SUBMISSION_TLS if tls else _SUBMISSION if user else _RELAY)
    starttls = _starttls(parts) or ("required" if user or port == _SUBMISSION else "never")
    name, address = split_sender(mail_from)
    # Constructed without validation, which would read MAIL_* and other environment variables, and
    # refuse senders such as no-reply@localhost.
    return ConnectionConfig.model_construct(
        MAIL_USERNAME=user,
        MAIL_PASSWORD=SecretStr(password),
        MAIL_SERVER=parts.hostname or "",
        MAIL_PORT=port,
        MAIL_SSL_TLS=tls,
        MAIL_STARTTLS=not tls and starttls == "required",
        MAIL_FROM=address,
        MAIL_FROM_NAME=name or None,
        USE_CREDENTIALS=bool(user),
        TIMEOUT=timeout,
        # The machine's own name would cost a DNS query for each connection. In a container, no
        # server could look that name up.
        LOCAL_HOSTNAME=address.rpartition("@")[2],
    )


def _split(url: str) -> SplitResult:
    # The error messages of the standard library may quote a part of the password.
    try:
        parts = urlsplit(url)
        well_formed = (
            parts.scheme in {"smtp", "smtps"}
            and _HOST.fullmatch(parts.hostname or "") is not None
            and parts.port != 0
            and parts.path in {"", "/"}
            and not parts.fragment
            and bool(parts.username) == bool(parts.password)
        )
    except ValueError:
        well_formed = False
    if not well_formed:
        raise ValueError(_SHAPE)
    return parts


def _starttls(parts: SplitResult) -> Literal["required", "never"] | None:
    match parse_qsl(parts.query, keep_blank_values=True):
        case []:
            return None
        case [("starttls", "required" | "never" as answer)] if parts.scheme == "smtp":
            return answer
        case _:
            raise ValueError("smtp:// takes ?starttls=required or =never, and smtps:// no option")
