"""What the letters of this product say; how they look is the templates' business."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from accounts.codes import Keyring, UnknownKeyError
from accounts.verifications import Letter
from models import EmailVerification, OutgoingMail
from models.database import fetch
from models.reading import columns, made

_MINUTE = 60


@dataclass(frozen=True)
class Contents:
    """What a letter is made from. Its repr has no code and no link."""

    values: Mapping[str, object] = field(repr=False)
    """What the templates get."""
    language: str | None
    """In which the person reads; None: they never told."""
    sender_name: str | None = None
    reply_to: str | None = field(default=None, repr=False)


_OF_VERIFICATION = """
SELECT {columns}, name, display_name, sender_name, reply_to
FROM email_verifications LEFT JOIN tenants ON tenants.id = $2 WHERE email_verifications.id = $1
"""
_OF_OWNER = """
SELECT language, tenants.name, display_name, sender_name, reply_to
FROM (SELECT 1) AS mail LEFT JOIN users ON email = $1 LEFT JOIN tenants ON tenants.id = $2
"""


async def contents(mail: OutgoingMail, *, keys: Keyring, verify_url: str) -> Contents | None:
    """What a mail says, or None once its verification cannot be derived any more.

    `verify_url` is the page that the link opens. The token goes into its fragment, which browsers
    keep to themselves: no log and no Referer has it.
    """
    tenant_id = _text(mail, "tenant")
    tenant = UUID(tenant_id) if tenant_id else None
    if mail.letter != Letter.VERIFICATION:
        # Of whom the address belongs to, not of whoever typed it. Asked for only here, so that a
        # registration costs the same whether or not there is such a person.
        [found] = await fetch(_OF_OWNER, mail.recipient, tenant)
        return _signed(mail, {}, letterhead=found, language=found["language"])
    statement = _OF_VERIFICATION.format(columns=columns(EmailVerification))
    rows = await fetch(statement, mail.verification_id, tenant)  # type: ignore[attr-defined] # Tortoise adds it at run time
    if not rows:
        return None
    verification = made(EmailVerification, rows[0])
    try:
        proof = _proof(verification, keys=keys, verify_url=verify_url)
    except UnknownKeyError:
        return None
    return _signed(mail, proof, letterhead=rows[0], language=_text(mail, "language"))


def _signed(
    mail: OutgoingMail,
    values: Mapping[str, object],
    *,
    letterhead: Mapping[str, Any],
    language: str | None,
) -> Contents:
    """With the letterhead that its tenant has now: a mail may have waited since a mistake in it."""
    # Without a tenant, or once it is gone, there is none.
    product = letterhead["display_name"] or letterhead["name"] or mail.data["product"]
    return Contents(
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
