"""What the deployment shows: its logo, who helps, where to log in, and the sender of its mails."""

import re
from dataclasses import dataclass
from typing import Self

from mail.mail_transport import one_line
from mail.message.logo import Logo, read_logo
from server.settings import PREFIX, Settings, SettingsError

_LOGIN = "/#/login"
"""The login of the web app, behind the server's URL."""


@dataclass(frozen=True)
class Brand:
    """The logo, the support and the login of a deployment. Each may be missing."""

    logo: Logo | None
    support: str | None
    """An email address or a URL, as people read it."""
    app_url: str | None
    """The operator's own page to log in."""
    serves_app: bool
    """Whether the server has a web app to log in to."""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Reads the logo's file. Raises SettingsError if there is no logo in it."""
        return cls(
            logo=_logo(settings),
            support=settings.support,
            app_url=settings.app_url,
            serves_app=settings.web_dir is not None,
        )

    @property
    def logo_url(self) -> str | None:
        """Where the logo is, relative to the server's URL."""
        return None if self.logo is None else f"logo/{self.logo.file_name}"

    @property
    def support_url(self) -> str | None:
        """Where a link to the support leads."""
        support = self.support
        return support if support is None or "://" in support else f"mailto:{support}"

    def login_url(self, server: str) -> str | None:
        """Where people log in, if the server has the URL `server`."""
        return self.app_url or (f"{server}{_LOGIN}" if self.serves_app else None)


def _logo(settings: Settings) -> Logo | None:
    try:
        return None if settings.logo is None else read_logo(settings.logo)
    except ValueError as error:
        raise SettingsError(f"{PREFIX}LOGO: {error}") from None


def sender_of(settings: Settings) -> str:
    """The sender of mails, as CONNECTX_MAIL_FROM has it. Without one, the product at localhost."""
    if settings.mail_from is not None:
        return settings.mail_from
    # A quoted string (RFC 5322, 3.2.4).
    name = re.sub(r'(["\\])', r"\\\1", one_line(settings.product_name))
    return f'"{name}" <no-reply@localhost>'
