"""Builds the message that goes over the wire."""

from email.message import Message
from email.policy import SMTPUTF8, Compat32
from typing import cast

from pydantic import NameEmail

from mail.addresses import is_mailbox
from mail.fastapi_mail_parts import (
    ConnectionConfig,
    FastMail,
    MessageSchema,
    MessageType,
    MultipartSubtypeEnum,
)
from mail.letter import Letter, one_line
from mail.transport import SendError

_OF_THE_WRAPPER = {"content-type", "content-transfer-encoding", "mime-version", "message-id"}


class _Compatible(Compat32):
    """The old policy, which goes a long way round for headers that stay as they are."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if value.isascii() and value.isprintable():
            line = f"{name}: {value}{self.linesep}"
            if len(line) <= self._WIDTH:
                return line.encode()
        return super().fold_binary(name, value)

    _WIDTH = 78
    """RFC 5322 2.1.1: what lines should not be longer than."""


_COMPATIBLE = _Compatible()


async def message_bytes(letter: Letter, *, recipient: str, config: ConnectionConfig) -> bytes:
    """The letter as multipart/alternative, plain text before HTML, with a stable Message-ID.

    Raises SendError for an address that cannot stand in a header.
    """
    message = await _message(letter, recipient=recipient, config=config)
    # The modern policy writes headers in UTF-8 as they are; the old one encodes each that needs it.
    return message.as_bytes(policy=_COMPATIBLE if recipient.isascii() else SMTPUTF8)


async def _message(letter: Letter, *, recipient: str, config: ConnectionConfig) -> Message:
    own_id = one_line(letter.message_id)
    message_id = f"<{own_id}@{config.MAIL_FROM.rpartition('@')[2]}>"
    wrapper = await FastMail(config).get_message(
        MessageSchema(
            recipients=[_mailbox(recipient)],
            reply_to=[_mailbox(letter.reply_to)] if letter.reply_to else [],
            from_name=one_line(letter.sender_name or "") or None,
            subject=one_line(letter.subject),
            # Only in this combination does the text come before the HTML.
            body=letter.text,
            alternative_body=letter.html,
            subtype=MessageType.plain,
            multipart_subtype=MultipartSubtypeEnum.alternative,
            headers={
                "Auto-Submitted": "auto-generated",  # RFC 3834: nobody's autoreply answers
                # Without one, the library asks the DNS what this machine is called.
                "message-id": message_id,
            },
        )
    )
    # fastapi-mail puts the alternatives into a multipart/related that relates to nothing.
    wrapper = cast("Message", wrapper)
    message = cast("Message", wrapper.get_payload(0))
    del message["Content-Transfer-Encoding"]  # RFC 2045 6.4: base64 is not for a multipart
    for name, value in wrapper.items():
        if name.lower() not in _OF_THE_WRAPPER:
            message[name] = value
    # "=_" is in no base64; the library's own search for a boundary costs more than the base64.
    message.set_boundary(f"=_{own_id}")
    message["Message-ID"] = message_id  # the wrapper has it twice
    return message


def _mailbox(address: str) -> NameEmail:
    if not is_mailbox(address):
        raise SendError("the address is not a plain mailbox", permanent=True)
    # Made directly, as pydantic would check it against rules that differ from the registration's.
    return NameEmail(name=address, email=address)
