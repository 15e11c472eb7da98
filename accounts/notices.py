"""Mails that tell a user what has changed in their account, with a link against a stranger."""

from datetime import timedelta
from typing import NamedTuple

from accounts.environment import Environment
from accounts.limits.rules import Hit
from accounts.tenants import product_of
from accounts.verification import issue
from accounts.verification.issue import Lifetimes, Recipient
from models import MailTemplate, Purpose, User
from models.sql.insert import insert_together

_A_WEEK = timedelta(days=7)
"""How long the link of a notice works: long enough for somebody who reads mail once a week."""


class NoticeLink(NamedTuple):
    """What the link of a notice is for, and how long it works."""

    purpose: Purpose
    lifetime: timedelta = _A_WEEK


SECURE_ACCOUNT = NoticeLink(Purpose.SECURE_ACCOUNT)
UNDO = NoticeLink(Purpose.EMAIL_UNDO)


async def queue_notice(
    template: MailTemplate,
    *,
    user: User,
    link: NoticeLink = SECURE_ACCOUNT,
    client: str | None = None,
    env: Environment,
) -> None:
    """Queues the notice in the caller's transaction, so that neither it nor the change is lost.

    Notices have a limit of their own. Beyond it a decoy is stored, which is never sent. The caller
    calls `env.wake_mail_worker` after the commit. `client` is the browser and system that it names.
    """
    is_only_way_back = link.purpose is not Purpose.SECURE_ACCOUNT
    # The only way back to an account must not depend on how many notices a stranger has caused.
    allowed = is_only_way_back or await env.rate_limiter.hit_is_allowed(
        Hit("notice_address", env.keys.address_hash(user.email))
    )
    verification = issue.new_verification(
        Lifetimes(of_code=None, of_link=link.lifetime),
        purpose=link.purpose,
        now=env.clock(),
        env=env,
    )
    verification.user_id = user.id
    if link.purpose is Purpose.EMAIL_UNDO:
        verification.new_email = user.email
    mail = issue.verification_mail(
        verification,
        recipient=Recipient.of(user.email, user.language, env=env) if allowed else None,
        product=product_of(user.tenant, env=env),
        template=template,
    )
    if client:
        mail.data["client"] = client
    await insert_together(verification, mail)


async def queue_last_notice(user: User, *, env: Environment) -> None:
    """Queues the notice that the account is deleted, in the transaction that has deleted it.

    It belongs to no row of the user, so it leaves after they are gone. No limit applies: it is the
    only mail that tells of the deletion, and an account has one. The sweep removes it once it is
    sent.
    """
    recipient = Recipient.of(user.email, user.language, env=env)
    if recipient is None:
        return
    product = product_of(user.tenant, env=env)
    template = MailTemplate.ACCOUNT_DELETED
    await insert_together(
        issue.plain_mail(template, recipient=recipient, product=product, now=env.clock())
    )
