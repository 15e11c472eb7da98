"""The composition root: builds the parts of `accounts`, `graph` and `mail` from the settings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from accounts import mail_contents
from accounts.environment import Environment, Product
from accounts.hashing.hasher import Hasher
from accounts.keyring import Keyring
from accounts.limits.concurrency import ConcurrencyLimit
from accounts.limits.counters import DatabaseStorage
from accounts.limits.redis_counters import redis_storage
from accounts.limits.rules import RateLimiter
from accounts.mail_contents import MailContents
from accounts.mail_links import Pages
from accounts.sessions.account_subscribers import AccountSubscribers
from accounts.verification.subscribers import Subscribers
from mail.mail_transport import Transport
from mail.mailbox.kept_mails import MailboxTransport
from mail.message.compose import Compose, Render
from mail.message.rendering import MailBranding, Renderer
from mail.worker import MailWorker, WorkerOptions
from models import OutgoingMail
from server.brand import Brand, sender_of
from server.breached_passwords import breached_passwords
from server.clock import utc_now
from server.pages.link_urls import link_pages
from server.secret_key import keyring
from server.settings import Settings


@dataclass(frozen=True)
class Parts:
    """The parts of a process, for its lifetime."""

    environment: Environment
    mail_worker: MailWorker
    compose: Compose
    client_key: Callable[[str], str]
    """The keyed hash under which a client is counted; recently used ones are cached."""


def compose_parts(
    settings: Settings,
    *,
    brand: Brand,
    public_url: str,
    clock: Callable[[], datetime] = utc_now,
) -> Parts:
    """Builds the parts from the settings. Raises SettingsError.

    `public_url` is the URL under which users reach this server; links in mails begin with it.
    """
    keys = keyring(settings)
    compose = _composer(
        Renderer(
            settings.mail_templates,
            language=settings.language,
            branding=mail_branding(brand, public_url=public_url),
        ),
        keys,
        pages=link_pages(settings, public_url=public_url),
    )
    mail_worker = MailWorker(
        transport=_transport(settings),
        compose=compose,
        clock=clock,
        options=WorkerOptions(
            sessions=settings.smtp_sessions, lease=timedelta(seconds=settings.mail_lease)
        ),
    )
    return Parts(
        environment=_environment(
            settings, keys, clock, wake_mail_worker=mail_worker.wake, issuer=public_url
        ),
        mail_worker=mail_worker,
        compose=compose,
        client_key=lru_cache(maxsize=4_096)(keys.address_hash),
    )


def operator_environment(settings: Settings) -> Environment:
    """What the operators' commands need: no mails are composed or sent there. Raises SettingsError.

    The servers and mail workers find what a command has queued by themselves.
    """
    return _environment(settings, keyring(settings), utc_now, wake_mail_worker=lambda: None)


def _environment(
    settings: Settings,
    keys: Keyring,
    clock: Callable[[], datetime],
    *,
    wake_mail_worker: Callable[[], None],
    issuer: str = "",
) -> Environment:
    counters = DatabaseStorage(clock=clock)
    shared = settings.rate_limit_url
    found = settings.test_addresses
    test_addresses = frozenset[str]() if found is None else found.at(clock)
    return Environment(
        clock=clock,
        keys=keys,
        hasher=Hasher(settings.hashing_cost, longest_wait=settings.hashing_wait),
        rate_limiter=RateLimiter(
            settings.limits,
            storage=counters if shared is None else redis_storage(shared.get_secret_value()),
            clock=clock,
            enabled=bool(settings.rate_limits),
            test_addresses=test_addresses,
        ),
        counters=counters,
        product=Product(None, settings.product_name, settings.default_policy),
        subscribers=Subscribers(clock=clock, limit=ConcurrencyLimit(settings.capacity)),
        account_subscribers=AccountSubscribers(clock=clock),
        breached=breached_passwords(settings.breached_passwords, clock=clock),
        wake_mail_worker=wake_mail_worker,
        issuer=issuer,
        return_urls=settings.return_urls,
        test_addresses=test_addresses,
    )


def mail_branding(brand: Brand, *, public_url: str) -> MailBranding:
    """What all mails have in common."""
    return MailBranding(
        logo=brand.logo,
        support=brand.support,
        support_url=brand.support_url,
        app_url=brand.login_url(public_url),
    )


def _composer(renderer: Renderer, keys: Keyring, *, pages: Pages) -> Compose:
    def rendering(mail: OutgoingMail, contents: MailContents) -> Render:
        return lambda: renderer.message(
            mail,
            contents.values,
            language=contents.language,
            sender_name=contents.sender_name,
            reply_to=contents.reply_to,
        )

    async def compose(mails: Sequence[OutgoingMail]) -> Mapping[UUID, Render]:
        found = await mail_contents.contents(mails, keys=keys, pages=pages)
        return {mail.id: rendering(mail, found[mail.id]) for mail in mails if mail.id in found}

    return compose


def _transport(settings: Settings) -> Transport:
    if settings.smtp_url is None:
        return MailboxTransport()
    from mail.smtp.smtp_transport import SmtpTransport
    from mail.smtp.url import smtp_config

    return SmtpTransport(smtp_config(settings.smtp_url.get_secret_value(), sender_of(settings)))
