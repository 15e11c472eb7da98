"""A letter as delivery tests have it written, and the values that it is written from."""

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from mail.mail_transport import Message
from mail.message.compose import Render
from mail.message.rendering import Renderer
from models import OutgoingMail

SENDER = "ConnectX <no-reply@connectx.example>"
LINK = "https://shop.example/verify#token=" + "Ab3_" * 16
CONTEXT: dict[str, object] = {
    "product": "Shop",
    "code": "123456",
    "code_minutes": 10,
    "link": LINK,
    "link_minutes": 1440,
    "disown_link": LINK.replace("verify", "disown-registration"),
}
RENDERER = Renderer()


def draft(mail: OutgoingMail) -> Message:
    return RENDERER.message(mail, {**CONTEXT, **mail.data})


async def compose(mails: Sequence[OutgoingMail]) -> Mapping[UUID, Render]:
    return {mail.id: partial(draft, mail) for mail in mails}


def letter(**changes) -> Message:
    content = {"subject": "Hello", "text": "text", "html": "<p>html</p>", "message_id": "1"}
    return Message(**{"recipient": "ada@example.com", **content, **changes})
