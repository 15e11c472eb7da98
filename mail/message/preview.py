"""Renders every mail in every language into files, for people to look at."""

from dataclasses import dataclass, replace

from languages.catalogues import LANGUAGES
from mail.mail_transport import Message
from mail.message.logo import Logo
from mail.message.mime import Sender, message_bytes
from mail.message.rendering import MailBranding, Renderer, jinja_environment

CODE = "123456"
SERVER = "https://example.com"
_SAMPLE = "#token=this-is-a-sample-and-no-link-of-anybody"
LINK = f"{SERVER}/verify{_SAMPLE}"

BRANDING = MailBranding(
    logo=Logo(b"GIF89a", "gif"),
    support="help@example.com",
    support_url="mailto:help@example.com",
    app_url=SERVER,
)
"""A sample of each value."""

_CODE = {"code": CODE, "code_minutes": 10}
_NO_CODE = {"code": None, "code_minutes": None}
_LINK = {"link": LINK, "link_minutes": 24 * 60}
_NO_LINK = {"link": None, "link_minutes": None}
_DISOWN = {"disown_link": f"{SERVER}/disown-registration{_SAMPLE}"}
_NOTICE = {**_NO_CODE, **_LINK, "link_minutes": 7 * 24 * 60, "client": "Firefox on Linux"}


@dataclass(frozen=True)
class Sample:
    """A kind of mail with sample values."""

    name: str
    template: str
    """The name of its templates."""
    title: str
    values: dict[str, object]


def _verification(form: str, title: str, values: dict[str, object]) -> Sample:
    return Sample(f"verification-{form}", "verification", title, {**_DISOWN, **values})


def _notice(template: str, title: str) -> Sample:
    return Sample(template.replace("_", "-"), template, title, {**_NOTICE})


_SAMPLES = (
    _verification("code", "Verification by code", {**_CODE, **_NO_LINK}),
    _verification("link", "Verification by link", {**_NO_CODE, **_LINK}),
    _verification("code-and-link", "Verification by code or link", {**_CODE, **_LINK}),
    Sample("account-exists", "account_exists", "The address has an account", {}),
    Sample(
        "password-reset",
        "password_reset",
        "Reset of the password",
        {**_CODE, **_LINK, "link_minutes": 60},
    ),
    Sample(
        "email-change-code", "email_change", "Change of the address by code", {**_CODE, **_NO_LINK}
    ),
    Sample(
        "email-change-link", "email_change", "Change of the address by link", {**_NO_CODE, **_LINK}
    ),
    Sample("email-taken", "email_taken", "The new address has an account", {}),
    Sample(
        "email-consent",
        "email_consent",
        "Consent of the old address to a change",
        {"new_email": "l***@example.com", **_NO_CODE, **_LINK},
    ),
    Sample("account-deleted", "account_deleted", "The account is deleted", {}),
    _notice("password_changed", "Notice of a changed password"),
    _notice("new_login", "Notice of a login by another client"),
    _notice("sessions_ended", "Notice of ended sessions"),
    _notice("deletion_scheduled", "Notice of a deletion"),
    _notice("email_changed", "Notice of another address, to the old one"),
    _notice("email_is_new", "Notice of another address, to the new one"),
)


def samples(product: str = "ConnectX") -> tuple[Sample, ...]:
    """Every kind of mail, in each of its forms."""
    return tuple(
        replace(sample, values={"product": product, **sample.values}) for sample in _SAMPLES
    )


INDEX = "index.html"
"""The page that shows all mails."""

_RECIPIENT = "ada@example.com"


def preview_files(*, renderer: Renderer, product: str, mail_from: str) -> dict[str, bytes]:
    """File contents by file name: .html, .txt and .eml for each mail, and a page with all of them.

    The codes and links are made up.
    """
    sender = Sender.of(mail_from)
    files = {}
    shown = []
    for sample in samples(product):
        messages = {language: _message(sample, language, renderer) for language in LANGUAGES}
        for language, message in messages.items():
            name = f"{sample.name}.{language}"
            files[f"{name}.html"] = message.html_with_logo.encode()
            files[f"{name}.txt"] = f"{message.subject}\n\n{message.text}".encode()
            files[f"{name}.eml"] = message_bytes(message, recipient=_RECIPIENT, sender=sender)
        shown.append((sample, messages))
    files[INDEX] = jinja_environment().get_template("preview.html").render(shown=shown).encode()
    return files


def _message(sample: Sample, language: str, renderer: Renderer) -> Message:
    subject, text, html = renderer.render(sample.template, sample.values, language=language)
    return Message(
        recipient=_RECIPIENT,
        subject=subject,
        text=text,
        html=html,
        message_id=sample.name,
        logo=renderer.logo_in(html),
    )
