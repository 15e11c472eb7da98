"""Removes personal data and secrets from errors before they are stored or logged."""

import re

from mail.mail_transport import one_line

MAX_LENGTH = 500
"""Characters: the size of `OutgoingMail.last_error`."""

_LINK = re.compile(r"([a-z][a-z0-9+.-]*://[^\s/?#@]*)[^\s]*", re.IGNORECASE)
_ADDRESS = re.compile(r'"?([^\s<>@,;:()"])[^\s<>,;:()"]*"?@([^\s<>@,;:()"]+)')
_SECRET = re.compile(r"[A-Za-z0-9_+/=-]{32,}|\d{6,}")


def redacted(text: str) -> str:
    """`text` on one line of at most 500 characters, without personal data and secrets.

    Mail servers quote addresses, and some quote subjects and links. An address keeps its first
    character and its domain; a link keeps its host. Tokens, and numbers of six or more digits (the
    length of a code), are removed.
    """
    text = _LINK.sub(r"\1/***", one_line(text))
    text = _ADDRESS.sub(r"\1***@\2", text)
    return _SECRET.sub("***", text)[:MAX_LENGTH]


def where_raised(error: Exception) -> str:
    """An error's type and place, without its message, which may quote codes and addresses."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"
