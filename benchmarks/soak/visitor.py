"""The steps that a person takes on the server under soak, from the registration on."""

import time

from harness.codes import wrong

from soak.client import Client, GivenUpError
from soak.inbox import Arrival
from soak.ledger import LOST, UNSURE, Person
from soak.subscriber import Subscriber
from soak.world import World

_MAIL_PATIENCE = 150.0
"""Seconds: the lease of a killed worker, and the retries after an outage."""


class Visitor:
    """A person with a client of their own."""

    def __init__(self, client: Client, world: World, person: Person) -> None:
        self.person = person
        self._client = client
        self._world = world
        self._subscriber: Subscriber | None = None
        self._unsure_of_code = False

    async def register(self) -> None:
        person, tenant = self.person, self.person.tenant
        person.asked = True
        await self._client.insist(
            "register",
            "RegisterSuccess",
            again=("EmailAlreadyExistsError",),
            about=person,
            name="Ada Lovelace",
            **person.credentials,
            **({"tenant": tenant, "role": "member"} if tenant else {}),
        )

    async def mail(self, count: int = 1) -> Arrival:
        """The newest mail, once so many have come."""
        deadline = time.monotonic() + _MAIL_PATIENCE
        while self._world.inbox.count(self.person.email) < count:
            if time.monotonic() > deadline:
                raise GivenUpError("mail")
            await self._world.pause(0.1)
        newest = self._world.inbox.newest(self.person.email)
        self.person.code, self.person.link = newest.code, newest.link
        return newest

    async def guess(self, code: str) -> str:
        """The outcome of a wrong code."""
        refusals = ("InvalidOtpError", "TooManyAttemptsError")
        given = {"email": self.person.email, "otp": code}
        answer = await self._client.ask("verify_email", *refusals, about=self.person, **given)
        return str(answer["__typename"])

    async def mistype(self) -> str:
        return await self.guess(wrong(self.person.code or "000000"))

    async def try_code(self, *expected: str) -> str:
        """The outcome of the right code."""
        given = {"email": self.person.email, "otp": self.person.code or ""}
        answer = await self._client.insist("verify_email", *expected, about=self.person, **given)
        return str(answer["__typename"])

    async def resend(self) -> None:
        """Asks for another mail until the answer is a success."""
        answer = {"__typename": LOST}
        while answer["__typename"] in UNSURE:
            self._unsure_of_code = len(self.person.guesses) > 1
            self.person.has_another_code()
            answer = await self._client.ask(
                "resend_verification",
                "ResendVerificationSuccess",
                about=self.person,
                email=self.person.email,
            )
            await self._world.pause(float(answer.get("retryAfterSeconds", 0.0)))

    async def verify(self) -> None:
        """Types the code of the newest mail.

        Where it is unknown what became of a resend, the mail with the newest code may not have come
        yet: then it is typed again.
        """
        also = ("InvalidOtpError",) if self._unsure_of_code else ()
        while await self.try_code("VerifyEmailSuccess", *also) != "VerifyEmailSuccess":
            await self._world.pause(1.0)
            await self.mail()
        self._confirmed()

    async def follow_link(self, *also: str) -> None:
        link = self.person.link or ""
        await self._client.insist(
            "verify_email_by_link", "VerifyEmailSuccess", *also, about=self.person, token=link
        )
        self._confirmed()

    async def confirm(self) -> None:
        """By what the mail holds: the link at a tenant, the code elsewhere."""
        await (self.follow_link() if self.person.tenant else self.verify())

    async def log_in(self) -> None:
        answer = await self._client.insist(
            "login", "LoginSuccess", about=self.person, **self.person.credentials
        )
        self.person.token = answer["accessToken"]

    async def log_in_wrongly(self) -> None:
        given = {**self.person.credentials, "password": "wrong_password"}
        await self._client.ask("login", "InvalidCredentialsError", about=self.person, **given)

    async def look(self, *expected: str) -> None:
        """Asks who is logged in."""
        await self._client.insist("viewer", *expected, about=self.person, bearer=self.person.token)

    async def log_out(self) -> None:
        await self._client.insist(
            "logout", "LogoutSuccess", again=("UnauthenticatedError",), bearer=self.person.token
        )

    async def use_while_deleted(self) -> None:
        """One request of each kind, while an operator deletes the person: before it, or after."""
        person = self.person
        if self.person.link:
            await self.follow_link("ExpiredLinkError")
        else:
            await self.try_code("VerifyEmailSuccess", "InvalidOtpError", "TooManyAttemptsError")
        outcomes = ("LoginSuccess", "InvalidCredentialsError", "EmailNotVerifiedError")
        answer = await self._client.ask("login", *outcomes, about=person, **person.credentials)
        person.token = answer.get("accessToken", person.token)
        await self.look("found", "nothing")
        await self.resend()
        await self._world.pause(0.1)

    def watch(self) -> None:
        """Subscribes to the verification, where the answer to the registration has named it."""
        if self.person.registered:
            self._subscriber = Subscriber(self._client, self.person)

    async def be_told(self) -> None:
        if self._subscriber is not None:
            await self._subscriber.be_told()

    async def leave(self) -> None:
        if self._subscriber is not None:
            await self._subscriber.leave()

    def _confirmed(self) -> None:
        if self._subscriber is not None:
            self._subscriber.confirmed()
