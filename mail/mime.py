"""Builds the message that goes over the wire."""

from email.message import Message
from email.policy import SMTPUTF8, compat32
from typing import cast

from fastapi_mail import ConnectionConfig, FastMail, MessageSchema, MessageType
from fastapi_mail.schemas import MultipartSubtypeEnum
from pydantic import NameEmail

from mail.addresses import is_mailbox
from mail.letter import Letter, one_line
from mail.transport import SendError

_OF_THE_WRAPPER = {"content-type", "content-transfer-encoding", "mime-version", "message-id"}


async def message_bytes(letter: Letter, *, recipient: str, config: ConnectionConfig) -> bytes:
    """The letter as multipart/alternative, plain text before HTML, with a stable Message-ID.

    Raises SendError for an address that cannot stand in a header.
    """
    message = await _message(letter, recipient=recipient, config=config)
    # The modern policy writes headers in UTF-8 as they are; the old one encodes each that needs it.
    return message.as_bytes(policy=compat32 if recipient.isascii() else SMTPUTF8)


async def _message(letter: Letter, *, recipient: str, config: ConnectionConfig) -> Message:
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
            headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: nobody's autoreply answers
        )
    )
    # fastapi-mail puts the alternatives into a multipart/related that relates to nothing.
    wrapper = cast("Message", wrapper)
    message = cast("Message", wrapper.get_payload(0))
    del message["Content-Transfer-Encoding"]  # RFC 2045 6.4: base64 is not for a multipart
    for name, value in wrapper.items():
        if name.lower() not in _OF_THE_WRAPPER:
            message[name] = value
    sender_domain = config.MAIL_FROM.rpartition("@")[2]
    message["Message-ID"] = f"<{one_line(letter.message_id)}@{sender_domain}>"
    return message


def _mailbox(address: str) -> NameEmail:
    if not is_mailbox(address):
        raise SendError("the address is not a plain mailbox", permanent=True)
    # Made directly, as pydantic would check it against rules that differ from the registration's.
    return NameEmail(name=address, email=address)
