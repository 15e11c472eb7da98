"""The JSON objects of the development mailbox's API, with the field names of Mailpit."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from mail.mail_transport import SendError
from mail.mailbox.kept_mails import ShownMail
from mail.mailbox.views import raw
from mail.message.mime import Sender, message_id, sender_name

_SNIPPET = 250
"""Characters of the text that a list shows: as many as in Mailpit."""


def summary(mail: ShownMail, *, sender: Sender) -> dict[str, Any]:
    """A mail in a list. The mailbox does not know which mails were read, so `Read` is false."""
    return {
        **_common(mail, sender=sender),
        "Read": False,
        "Created": _time(mail.sent_at),
        "Attachments": 0,
        "Snippet": " ".join(mail.message.text.split())[:_SNIPPET],
    }


def message(mail: ShownMail, *, sender: Sender) -> dict[str, Any]:
    """A whole mail. The logo is in its HTML, so it has no attachment."""
    return {
        **_common(mail, sender=sender),
        "ReturnPath": sender.address,
        "ListUnsubscribe": {"Header": "", "Links": [], "Errors": "", "HeaderPost": ""},
        "Date": _time(mail.sent_at),
        "Text": mail.message.text,
        "HTML": mail.message.html_with_logo,
        "Inline": [],
        "Attachments": [],
    }


def message_list(
    mails: Sequence[ShownMail], *, sender: Sender, start: int, total: int, matching: int
) -> dict[str, Any]:
    """A part of a list, from `start`: `total` mails are in the mailbox, `matching` in the list."""
    return {
        "total": total,
        "unread": total,
        "count": len(mails),
        "messages_count": matching,
        "messages_unread": matching,
        "start": start,
        "tags": [],
        "messages": [summary(mail, sender=sender) for mail in mails],
    }


def _common(mail: ShownMail, *, sender: Sender) -> dict[str, Any]:
    message = mail.message
    reply_to = [_address(message.reply_to)] if message.reply_to else []
    return {
        "ID": str(mail.id),
        "MessageID": message_id(message, sender=sender),
        "From": _address(sender.address, sender_name(message, sender=sender)),
        "To": [_address(message.recipient)],
        "Cc": [],
        "Bcc": [],
        "ReplyTo": reply_to,
        "Subject": message.subject,
        "Size": _size(mail, sender=sender),
        "Tags": [],
        "Username": "",
        # Mailpit does not have these two.
        "code": message.code,
        "link": message.link,
    }


def _address(address: str, name: str | None = None) -> dict[str, str]:
    return {"Name": name or "", "Address": address}


def _size(mail: ShownMail, *, sender: Sender) -> int:
    try:
        return len(raw(mail, sender=sender))
    except SendError:  # no mail server would get any bytes
        return 0


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
