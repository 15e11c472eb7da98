"""A real SMTP server in a test's own loop: it refuses, hangs up and waits as it is told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult
from harness.messages import SENDER

from mail.smtp.smtp_transport import SmtpTransport
from mail.smtp.url import smtp_config


class SmtpServer:
    """A real SMTP server, with what it was given and what it answers."""

    def __init__(self) -> None:
        self.port = 0
        self.connections = 0
        self.users: list[str] = []
        self.tls: list[bool] = []
        self.envelopes: list = []
        self.refused: dict[str, str] = {}
        self.hung_up_on: set[str] = set()
        self.mails_in_a_session = 1_000
        """After which it hangs up, in the words of RFC 5321 3.8."""
        self.at_data = asyncio.Event()
        self.most_connections = 1_000
        """Any more are hung up on before a word is said."""
        self.goodbyes = 0
        self.answers_goodbyes = asyncio.Event()
        self.answers_goodbyes.set()
        self.when_given: Callable[[], object] = lambda: None
        self.open = asyncio.Event()
        self.open.set()
        self.held: set[str] | None = None
        """Whose mails wait until it is `open`; None: everybody's."""
        self.peers: list[tuple[str, int]] = []
        """By which connection each mail came."""
        self.knows_ehlo = True

    @property
    def recipients(self) -> list[str]:
        return [recipient for envelope in self.envelopes for recipient in envelope.rcpt_tos]

    @property
    def messages(self) -> list[EmailMessage]:
        return [
            message_from_bytes(envelope.content, policy=policy.SMTPUTF8)
            for envelope in self.envelopes
        ]

    def transport(self, scheme="smtp://", options="", **changes) -> SmtpTransport:
        config = smtp_config(f"{scheme}127.0.0.1:{self.port}{options}", SENDER, timeout=5)
        return SmtpTransport(config.model_copy(update=changes))

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd's name
        if not self.knows_ehlo:
            return ["502 5.5.1 Never heard of it"]
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        session.mails = getattr(session, "mails", 0) + 1
        if session.mails > self.mails_in_a_session:
            return "421 4.7.0 mx.example has had enough of this session"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if address in self.hung_up_on:
            self.hung_up_on.remove(address)
            server.transport.abort()
        answer = self.refused.get(address) or self.refused.get("*")
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.at_data.set()
        if self.held is None or self.held.intersection(envelope.rcpt_tos):
            await self.open.wait()
        self.envelopes.append(envelope)
        self.peers.append(session.peer)
        self.when_given()
        self.tls.append(session.ssl is not None)
        return "250 OK"

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.goodbyes += 1
        await self.answers_goodbyes.wait()
        return "221 Bye"

    def authenticate(self, server, session, envelope, mechanism, auth_data):
        pair = f"{auth_data.login.decode()}:{auth_data.password.decode()}"
        self.users.append(pair)
        return AuthResult(success=pair == "apikey:p@ss/word", handled=False)


class _HangsUp(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


@asynccontextmanager
async def smtp_server(**options) -> AsyncIterator[SmtpServer]:
    smtp = SmtpServer()

    def serve() -> asyncio.Protocol:
        smtp.connections += 1
        if smtp.connections > smtp.most_connections:
            return _HangsUp()
        defaults = {
            "enable_SMTPUTF8": True,
            "hostname": "mx.example",
            "authenticator": smtp.authenticate,
        }
        return SMTP(smtp, loop=asyncio.get_running_loop(), **{**defaults, **options})

    server = await asyncio.get_running_loop().create_server(serve, "127.0.0.1", 0)
    async with server:
        smtp.port = server.sockets[0].getsockname()[1]
        yield smtp
