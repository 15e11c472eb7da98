"""What the letters of this product say; how they look is the templates' business."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from accounts.codes import Keyring, UnknownKeyError
from accounts.verifications import Letter
from models import EmailVerification, OutgoingMail

_MINUTE = 60


async def contents(
    mail: OutgoingMail, *, keys: Keyring, verify_url: str
) -> Mapping[str, object] | None:
    """The values for a mail's template, or None once its verification cannot be derived any more.

    `verify_url` is the page that the link opens. The token goes into its fragment, which browsers
    keep to themselves: no log and no Referer has it.
    """
    if mail.letter != Letter.VERIFICATION:
        return mail.data
    verification = await EmailVerification.get_or_none(id=mail.verification_id)  # type: ignore[attr-defined] # Tortoise adds it at run time
    if verification is None:
        return None
    try:
        return {**mail.data, **_proof(verification, keys=keys, verify_url=verify_url)}
    except UnknownKeyError:
        return None


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
