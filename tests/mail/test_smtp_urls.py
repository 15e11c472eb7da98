"""What an SMTP URL and a sender say, and which of them are refused."""

import pytest
from harness.messages import SENDER

from mail.smtp.url import smtp_config


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://relay", ("relay", 25, False, False, "", "")),
        ("smtp://relay:1025", ("relay", 1025, False, False, "", "")),
        ("smtp://relay:587", ("relay", 587, False, True, "", "")),
        ("smtp://relay?starttls=required", ("relay", 25, False, True, "", "")),
        ("smtp://me:a%3Ab@mx.example", ("mx.example", 587, False, True, "me", "a:b")),
        ("smtp://me:x@mx.example:25?starttls=never", ("mx.example", 25, False, False, "me", "x")),
        ("smtps://me%40b.example:x@mx", ("mx", 465, True, False, "me@b.example", "x")),
        ("smtps://[::1]:4650/", ("::1", 4650, True, False, "", "")),
    ],
)
def test_a_url_says_where_mail_goes(url, expected):
    config = smtp_config(url, SENDER)

    assert expected == (
        config.MAIL_SERVER,
        config.MAIL_PORT,
        config.MAIL_SSL_TLS,
        config.MAIL_STARTTLS,
        config.MAIL_USERNAME,
        config.MAIL_PASSWORD.get_secret_value(),
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://host",
        "smtp://",
        "smtp://me@host",
        "smtp://me:secret@",
        "smtp://me:secret@host:port",
        "smtp://me:secret@host:0",
        "smtp://me:sec/secret@host",
        "smtp://me:sec#secret@host",
        "smtp://me:sec?secret@host",
        "smtp://me:12?secret@host",
        "smtp://me:12?secret=1@host",
        "smtp://me:secret@[host",
        "smtp://me:secret℀@host",
        "smtp://me:secret@host/path",
        "smtp://me:secret@host?starttls=maybe",
        "smtp://me:secret@host?starttls=never&starttls=never",
        "smtps://me:secret@host?starttls=never",
    ],
)
def test_a_bad_url_is_refused_without_quoting_its_password(url):
    with pytest.raises(ValueError, match="smtp://") as refusal:
        smtp_config(url, SENDER)

    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("sender", ["", "ConnectX", "a@b@c", "jörg@example.com", "a@b\r\nBcc: c@d"])
def test_a_bad_sender_is_refused(sender):
    with pytest.raises(ValueError, match="the sender is"):
        smtp_config("smtp://host", sender)


def test_the_environment_does_not_change_where_mail_goes(monkeypatch):
    monkeypatch.setenv("MAIL_SERVER", "elsewhere.example")
    monkeypatch.setenv("MAIL_FROM", "not an address")
    monkeypatch.setenv("SUPPRESS_SEND", "1")
    monkeypatch.setenv("VALIDATE_CERTS", "false")

    config = smtp_config("smtp://host", "no-reply@localhost")

    assert (config.MAIL_SERVER, config.MAIL_FROM) == ("host", "no-reply@localhost")
    assert (config.SUPPRESS_SEND, config.VALIDATE_CERTS) == (0, True)
