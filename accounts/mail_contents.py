"""What the letters of this product say; how they look is the templates' business."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from accounts.keyring import Keyring, UnknownKeyError
from accounts.verification.issue import MailTemplate
from models import EmailVerification, OutgoingMail
from models.sql.database import as_uuid
from models.sql.select import columns, fetch_among, model_of

_MINUTE = 60


@dataclass(frozen=True)
class MailContents:
    """What a letter is made from. Its repr has no code and no link."""

    values: Mapping[str, object] = field(repr=False)
    """What the templates get."""
    language: str | None
    """In which the person reads; None: they never told."""
    sender_name: str | None = None
    reply_to: str | None = field(default=None, repr=False)


_VERIFICATIONS = "SELECT {columns} FROM email_verifications WHERE id {{among}}"
_OWNERS = "SELECT email, language FROM users WHERE email {among}"
_LETTERHEADS = """
SELECT id, name, display_name, sender_name, reply_to FROM tenants WHERE id {among}
"""
_NO_LETTERHEAD = dict.fromkeys(("name", "display_name", "sender_name", "reply_to"))


async def contents(
    mails: Sequence[OutgoingMail], *, keys: Keyring, verify_url: str
) -> dict[UUID, MailContents]:
    """What mails say, by their ids; those whose verification cannot be derived any more are absent.

    However many they are, it takes one statement for their verifications, one for their tenants
    and one for the owners of their addresses; none where there is nothing to ask.

    `verify_url` is the page that the link opens. The token goes into its fragment, which browsers
    keep to themselves: no log and no Referer has it.
    """
    proofs = await _proofs(mails, keys=keys, verify_url=verify_url)
    languages = await _languages(mails)
    letterheads = await _letterheads(mails)
    found: dict[UUID, MailContents] = {}
    for mail in mails:
        letterhead = letterheads.get(_tenant(mail), _NO_LETTERHEAD)
        if not _is_verification(mail):
            language = languages.get(mail.recipient)
            found[mail.id] = _signed(mail, {}, letterhead=letterhead, language=language)
        elif proof := proofs.get(_verification(mail)):
            language = _text(mail, "language")
            found[mail.id] = _signed(mail, proof, letterhead=letterhead, language=language)
    return found


async def _proofs(
    mails: Sequence[OutgoingMail], *, keys: Keyring, verify_url: str
) -> Mapping[UUID | None, Mapping[str, object]]:
    """The codes and links of verifications."""
    wanted = {
        id_ for mail in mails if _is_verification(mail) and (id_ := _verification(mail)) is not None
    }
    statement = _VERIFICATIONS.format(columns=columns(EmailVerification))
    proofs: dict[UUID | None, Mapping[str, object]] = {}
    for row in await fetch_among(statement, wanted):
        verification = model_of(EmailVerification, row)
        with suppress(UnknownKeyError):
            proofs[verification.id] = _proof(verification, keys=keys, verify_url=verify_url)
    return proofs


async def _languages(mails: Sequence[OutgoingMail]) -> Mapping[str, str | None]:
    """Those of whom the addresses of notices belong to, not of whoever typed them.

    Asked for only here, so that a registration costs the same whether or not there is such a
    person.
    """
    wanted = {mail.recipient for mail in mails if not _is_verification(mail)}
    return {row["email"]: row["language"] for row in await fetch_among(_OWNERS, wanted)}


async def _letterheads(mails: Sequence[OutgoingMail]) -> Mapping[UUID | None, Mapping[str, Any]]:
    """Those that tenants have now: a mail may have waited since a mistake in one."""
    wanted = {tenant for mail in mails if (tenant := _tenant(mail)) is not None}
    return {as_uuid(row["id"]): row for row in await fetch_among(_LETTERHEADS, wanted)}


def _is_verification(mail: OutgoingMail) -> bool:
    return mail.letter == MailTemplate.VERIFICATION


def _verification(mail: OutgoingMail) -> UUID | None:
    return mail.verification_id  # type: ignore[attr-defined,no-any-return] # Tortoise adds it at run time


def _tenant(mail: OutgoingMail) -> UUID | None:
    tenant = _text(mail, "tenant")
    return UUID(tenant) if tenant else None


def _signed(
    mail: OutgoingMail,
    values: Mapping[str, object],
    *,
    letterhead: Mapping[str, Any],
    language: str | None,
) -> MailContents:
    # Without a tenant, or once it is gone, there is none.
    product = letterhead["display_name"] or letterhead["name"] or mail.data["product"]
    return MailContents(
        {"product": product, **values},
        language,
        letterhead["sender_name"],
        letterhead["reply_to"],
    )


def _text(mail: OutgoingMail, key: str) -> str | None:
    """What a mail's row tells; one of an older release has less to tell."""
    value = mail.data.get(key)
    return value if isinstance(value, str) else None


def _proof(
    verification: EmailVerification, *, keys: Keyring, verify_url: str
) -> Mapping[str, object]:
    id_, key_id, since = verification.id, verification.key_id, verification.created_at
    code_end, link_end = verification.otp_expires_at, verification.link_expires_at
    return {
        "code": code_end and keys.otp(id_, key_id=key_id),
        "code_minutes": code_end and round((code_end - since).total_seconds() / _MINUTE),
        "link": link_end and _link(verify_url, keys.link_token(id_, key_id=key_id)),
        "link_minutes": link_end and round((link_end - since).total_seconds() / _MINUTE),
    }


def _link(verify_url: str, token: str) -> str:
    fragment = urlsplit(verify_url).fragment
    if not fragment:
        return f"{verify_url}#token={token}"
    # A frontend that routes in the fragment: `https://shop.example/#/verify`.
    return f"{verify_url}{'&' if '?' in fragment else '?'}token={token}"
