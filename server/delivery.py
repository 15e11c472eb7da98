"""Decides whether this server sends mails, shows them in the development mailbox, or neither."""

from ipaddress import ip_address

from server.setting_types.values import Switch
from server.settings import Settings, SettingsError


def shows_mails(settings: Settings) -> bool:
    """Whether the development mailbox takes the place of a mail server."""
    return settings.smtp_url is None and settings.mailbox is not Switch.OFF


def sends_mails(settings: Settings) -> bool:
    """Whether the server has a mail worker. Without one, mails wait in the outbox."""
    return bool(settings.delivery) and (settings.smtp_url is not None or shows_mails(settings))


def check_mailbox(settings: Settings, *, address: str | None) -> None:
    """Raises SettingsError if strangers could open the mailbox and no setting permits it.

    `address` is the IP address that the server listens on; None if this process does not know it.
    """
    if settings.smtp_url is not None or settings.mailbox is not None:
        return
    if address is not None and ip_address(address).is_loopback:
        return
    raise SettingsError(
        "Without CONNECTX_SMTP_URL, /mailbox shows every code to everybody who reaches "
        f"{address or 'this server'}. Set CONNECTX_SMTP_URL to the mail server that sends the "
        "mails. If everybody may read all mails, set CONNECTX_MAILBOX=on. If only "
        "`connectx mail worker` sends the mails, set CONNECTX_MAILBOX=off."
    )
