"""A real SMTP server that keeps what it is sent."""

import email
import re
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from harness.polling import eventually
from harness.postgres import free_port


def words(mail: EmailMessage, kind: str = "plain") -> str:
    """The text of a mail or, as `html`, its page, with single spaces and no lines."""
    return " ".join(mail.get_body((kind,)).get_content().split())


class Postbox:
    """Mails by recipient, oldest first. `answer` is what the server says to each of them."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, EmailMessage]] = []
        self.answer = "250 OK"
        self.sessions = 0
        self._controller = Controller(
            self, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=True
        )

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.port}"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            message = email.message_from_bytes(envelope.original_content or b"", policy=default)
            self.mails.extend((recipient, message) for recipient in envelope.rcpt_tos)
        return self.answer

    def sent_to(self, address: str) -> list[EmailMessage]:
        return [mail for recipient, mail in self.mails if recipient == address]

    def _by_id(self, address: str) -> dict[str, EmailMessage]:
        return {str(mail["Message-ID"]): mail for mail in self.sent_to(address)}

    def newest(self, address: str, *, count: int = 1) -> EmailMessage:
        """The newest mail to an address, once it has had `count` different ones.

        Not the one that came last: mails leave side by side, and one may come twice. Their ids sort
        by the time at which they were queued.
        """
        eventually(lambda: len(self._by_id(address)) >= count, f"{count} mails to {address}")
        mails = self._by_id(address)
        return mails[max(mails)]

    def copies(self, address: str, *, count: int) -> list[EmailMessage]:
        """All mails to an address, once `count` have come, the same one twice among them."""
        eventually(lambda: len(self.sent_to(address)) >= count, f"{count} mails to {address}")
        return self.sent_to(address)

    def code(self, address: str, *, count: int = 1) -> str:
        """The code in the newest mail."""
        found = re.search(r"^(\d{6}) ", self.newest(address, count=count)["subject"])
        assert found, "the subject begins with the code"
        return found[1]

    def reset_code(self, address: str, *, count: int = 1) -> str:
        """The code in the text of the newest mail, which names it apart from the link."""
        text = self.newest(address, count=count).get_body(("plain",)).get_content()
        found = re.search(r"^    (\d{6})$", text, re.MULTILINE)
        assert found, "the mail has a code"
        return found[1]

    def link(self, address: str, *, count: int = 1) -> str:
        """The link in the newest mail."""
        text = self.newest(address, count=count).get_body(("plain",)).get_content()
        found = re.search(r"https?://\S+", text)
        assert found, "the mail has a link"
        return found[0]

    def disown_token(self, address: str, *, count: int = 1) -> str:
        """The token in the newest mail for somebody who did not register."""
        text = self.newest(address, count=count).get_body(("plain",)).get_content()
        found = re.search(r"/disown-registration\S*#token=(\S+)", text)
        assert found, "the mail is that of a registration"
        return found[1]

    def token(self, address: str, *, count: int = 1) -> str:
        return self.link(address, count=count).partition("#token=")[2]
