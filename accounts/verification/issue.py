"""Makes the rows of a verification: the verification itself and its mail."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Self
from uuid import UUID

from uuid6 import uuid7

from accounts.environment import Environment, Product
from accounts.policies.choices import VerificationMethod
from accounts.policies.policy import Policy
from models import EmailVerification, MailState, MailTemplate, OutgoingMail, Purpose


@dataclass(frozen=True)
class OpenVerification:
    """How a person can verify the address, until when, and when a resend is possible."""

    id: UUID
    methods: tuple[VerificationMethod, ...]
    expires_at: datetime
    resend_available_at: datetime


class Lifetimes(NamedTuple):
    """How long a code and a link are valid; None: the mail has none."""

    of_code: timedelta | None
    of_link: timedelta | None

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """Those of the code and the link for a registration or a change of the address."""
        return cls(policy.otp_lifetime, policy.link_lifetime)


def new_verification(
    lifetimes: Lifetimes,
    *,
    purpose: Purpose = Purpose.REGISTRATION,
    address_hash: str | None = None,
    now: datetime,
    env: Environment,
) -> EmailVerification:
    """A verification that is not stored yet, and has no user.

    `address_hash` is for registrations only: by it, `verificationStatus` finds later mails to the
    address.
    """
    otp, link = lifetimes.of_code, lifetimes.of_link
    ends = [now + lifetime for lifetime in (otp, link) if lifetime is not None]
    return EmailVerification.construct(
        id=uuid7(),
        purpose=purpose,
        key_id=env.keys.newest,
        otp_expires_at=otp and now + otp,
        link_expires_at=link and now + link,
        expires_at=max(ends),
        address_hash=address_hash,
        created_at=now,
    )


CONTINUATION_BYTES = 32
"""256 bits, so that a token cannot be found from its SHA-256, the only part that is stored."""


def add_continuation(verification: EmailVerification, *, password_hash: str) -> str:
    """A new token for this verification: its id and 256 random bits, 64 URL-safe characters.

    The client that registered logs in with it after the verification (accounts.login.continuation).
    """
    secret = secrets.token_bytes(CONTINUATION_BYTES)
    verification.continuation_hash = hashlib.sha256(secret).hexdigest()
    verification.continuation_password = hashlib.sha256(password_hash.encode()).hexdigest()
    return urlsafe_b64encode(verification.id.bytes + secret).decode()


class Recipient(NamedTuple):
    """Who gets a mail, and in which language; None if they never chose one."""

    address: str
    language: str | None

    @classmethod
    def of(cls, address: str, language: str | None, *, env: Environment) -> Self | None:
        """The recipient; None for a test address, which gets no mail."""
        return None if address in env.test_addresses else cls(address, language)


def verification_mail(
    verification: EmailVerification,
    *,
    recipient: Recipient | None,
    product: Product,
    template: MailTemplate = MailTemplate.VERIFICATION,
    return_to: str | None = None,
) -> OutgoingMail:
    """The mail of a verification. Its code or link is added only when the mail is rendered.

    Without a recipient the mail is a decoy, which is never sent. The link leads to the page
    `return_to` of a frontend, if there is one.
    """
    mail = plain_mail(template, recipient=recipient, product=product, now=verification.created_at)
    mail.verification_id = verification.id
    if return_to is not None:
        mail.data["return_to"] = return_to
    return mail


def plain_mail(
    template: MailTemplate, *, recipient: Recipient | None, product: Product, now: datetime
) -> OutgoingMail:
    """A mail without a code or a link.

    The tenant's letterhead is read when the mail is sent; if the tenant was deleted by then, the
    mail shows `product`.
    """
    tenant = None if product.tenant is None else str(product.tenant.id)
    return OutgoingMail.construct(
        letter=template.value,
        recipient=recipient.address if recipient else "",
        data={
            "product": product.name,
            "tenant": tenant,
            "language": recipient and recipient.language,
        },
        verification_id=None,
        state=MailState.DECOY if recipient is None else MailState.QUEUED,
        due_at=now,
        created_at=now,
    )


def open_verification(
    verification: EmailVerification, *, cooldown: timedelta, product: Product
) -> OpenVerification:
    """What the person who has to verify the address gets to see of it."""
    return OpenVerification(
        id=verification.id,
        methods=product.policy.verification_methods,
        expires_at=verification.expires_at,
        resend_available_at=verification.created_at + cooldown,
    )
