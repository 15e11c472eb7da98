"""The pages that the links in mails open."""

from collections.abc import Mapping

from models import Purpose
from server.settings import Settings

PATHS: Mapping[Purpose, str] = {
    Purpose.REGISTRATION: "/verify",
    Purpose.PASSWORD_RESET: "/reset-password",
    Purpose.SECURE_ACCOUNT: "/secure-account",
    Purpose.EMAIL_CHANGE: "/confirm-email-change",
    Purpose.EMAIL_CONSENT: "/consent-to-email-change",
    Purpose.EMAIL_UNDO: "/undo-email-change",
    Purpose.ACCOUNT_DELETION: "/cancel-account-deletion",
    Purpose.DISOWN: "/disown-registration",
}
"""Where this server has the page of each purpose."""


def link_pages(settings: Settings, *, public_url: str) -> Mapping[Purpose, str]:
    """The URL of each page. Settings may name pages of the operator's own."""
    own = {Purpose.REGISTRATION: settings.verify_url, Purpose.PASSWORD_RESET: settings.reset_url}
    return {purpose: own.get(purpose) or f"{public_url}{path}" for purpose, path in PATHS.items()}
