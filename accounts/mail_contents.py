"""What the product's mails say. The templates define how they look."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from accounts.keyring import Keyring, SecretKeyGoneError
from accounts.mail_links import Pages, link_to, page_for
from models import WITHOUT_PROOF, EmailVerification, MailTemplate, OutgoingMail, Purpose
from models.sql.database import as_uuid
from models.sql.select import fetch_among, model_of, select_list

_MINUTE = 60


@dataclass(frozen=True)
class MailContents:
    """The values that a mail is rendered from. Its repr has no code and no link."""

    values: Mapping[str, object] = field(repr=False)
    """The variables of the templates."""
    language: str | None
    """The recipient's language; None if they never chose one."""
    sender_name: str | None = None
    reply_to: str | None = field(default=None, repr=False)


_VERIFICATIONS = "SELECT {columns}, user_id FROM email_verifications WHERE id {{among}}"
_OWNERS = "SELECT email, language FROM users WHERE email {among}"
_LETTERHEADS = """
SELECT id, name, display_name, sender_name, reply_to FROM tenants WHERE id {among}
"""
_NO_LETTERHEAD = dict.fromkeys(("name", "display_name", "sender_name", "reply_to"))


async def contents(
    mails: Sequence[OutgoingMail], *, keys: Keyring, pages: Pages
) -> dict[UUID, MailContents]:
    """The contents of mails, by mail id.

    Mails whose code and link were used, whose registration was replaced, or whose secret key is no
    longer in use, are absent.
    It runs at most one statement each for verifications, for tenants and for owners of addresses,
    however many mails there are.
    """
    proofs = await _proofs(mails, keys=keys, pages=pages)
    languages = await _languages(mails)
    letterheads = await _letterheads(mails)
    found: dict[UUID, MailContents] = {}
    for mail in mails:
        letterhead = letterheads.get(_tenant(mail), _NO_LETTERHEAD)
        if not _has_proof(mail):
            is_deleted = mail.letter == MailTemplate.ACCOUNT_DELETED
            language = _text(mail, "language") if is_deleted else languages.get(mail.recipient)
            found[mail.id] = _with_letterhead(mail, {}, letterhead=letterhead, language=language)
        elif proof := proofs.get(_verification(mail)):
            language = _text(mail, "language")
            found[mail.id] = _with_letterhead(mail, proof, letterhead=letterhead, language=language)
    return found


async def _proofs(
    mails: Sequence[OutgoingMail], *, keys: Keyring, pages: Pages
) -> Mapping[UUID | None, Mapping[str, object]]:
    """The codes and links of the verifications, by verification id."""
    wanted = {
        id_: mail for mail in mails if _has_proof(mail) and (id_ := _verification(mail)) is not None
    }
    statement = _VERIFICATIONS.format(columns=select_list(EmailVerification))
    proofs: dict[UUID | None, Mapping[str, object]] = {}
    for row in await fetch_among(statement, wanted):
        verification = model_of(EmailVerification, row)
        if row["user_id"] is None:  # the registration was replaced, and this mail proves nothing
            continue
        if verification.otp_expires_at is None and verification.link_expires_at is None:
            continue  # it was used: the mail has nothing to offer any more
        mail = wanted[verification.id]
        tenant = _tenant(mail)
        page = _text(mail, "return_to") or page_for(
            Purpose(verification.purpose), pages=pages, tenant=tenant
        )
        disown_page = page_for(Purpose.DISOWN, pages=pages, tenant=tenant)
        with suppress(SecretKeyGoneError):
            proofs[verification.id] = _proof(
                verification, keys=keys, page=page, disown_page=disown_page
            )
    return proofs


async def _languages(mails: Sequence[OutgoingMail]) -> Mapping[str, str | None]:
    """The languages of the users who own taken addresses, not of the clients who typed them.

    They are read here, so that a registration costs the same whether or not such a user exists.
    """
    wanted = {mail.recipient for mail in mails if not _has_proof(mail)}
    return {row["email"]: row["language"] for row in await fetch_among(_OWNERS, wanted)}


async def _letterheads(mails: Sequence[OutgoingMail]) -> Mapping[UUID | None, Mapping[str, Any]]:
    """The tenants' current letterheads: a mistake may have been corrected since."""
    wanted = {tenant for mail in mails if (tenant := _tenant(mail)) is not None}
    return {as_uuid(row["id"]): row for row in await fetch_among(_LETTERHEADS, wanted)}


def _has_proof(mail: OutgoingMail) -> bool:
    """Whether the mail has a code or a link."""
    return mail.letter not in WITHOUT_PROOF


def _verification(mail: OutgoingMail) -> UUID | None:
    return mail.verification_id  # type: ignore[attr-defined,no-any-return] # Tortoise adds it at run time


def _tenant(mail: OutgoingMail) -> UUID | None:
    tenant = _text(mail, "tenant")
    return UUID(tenant) if tenant else None


def _with_letterhead(
    mail: OutgoingMail,
    values: Mapping[str, object],
    *,
    letterhead: Mapping[str, Any],
    language: str | None,
) -> MailContents:
    # There is no letterhead without a tenant, or if the tenant was deleted.
    product = letterhead["display_name"] or letterhead["name"] or mail.data["product"]
    return MailContents(
        {
            "product": product,
            "client": _text(mail, "client"),
            "new_email": _text(mail, "new_email"),
            **values,
        },
        language,
        letterhead["sender_name"],
        letterhead["reply_to"],
    )


def _text(mail: OutgoingMail, key: str) -> str | None:
    """A text from the mail's data; None if it is missing, as in mails of older releases."""
    value = mail.data.get(key)
    return value if isinstance(value, str) else None


def _proof(
    verification: EmailVerification, *, keys: Keyring, page: str, disown_page: str
) -> Mapping[str, object]:
    id_, key_id, since = verification.id, verification.key_id, verification.created_at
    purpose = Purpose(verification.purpose)
    code_end, link_end = verification.otp_expires_at, verification.link_expires_at
    return {
        "code": code_end and keys.otp(id_, purpose=purpose, key_id=key_id),
        "code_minutes": code_end and round((code_end - since).total_seconds() / _MINUTE),
        "link": link_end
        and link_to(page, token=keys.link_token(id_, purpose=purpose, key_id=key_id)),
        "link_minutes": link_end and round((link_end - since).total_seconds() / _MINUTE),
        "disown_link": link_to(
            disown_page, token=keys.link_token(id_, purpose=Purpose.DISOWN, key_id=key_id)
        ),
    }
