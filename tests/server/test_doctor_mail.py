"""`connectx doctor`: what it finds of mail servers that are real."""

import json
from pathlib import Path
from typing import Any

import pytest
from harness.doctor_findings import SENDER, about, ask, mail_server
from harness.postbox import Postbox
from harness.processes import connectx


def test_a_test_mail_is_sent_where_one_is_asked_for(tmp_path: Path, postbox: Postbox):
    chosen = {"DATA_DIR": str(tmp_path), "SMTP_URL": postbox.url, "MAIL_FROM": SENDER}

    code, found = ask("--send-to", "Ada@example.com", **chosen)

    assert about("test mail", found) == [("ok", "the server accepted it for a***@example.com")]
    assert [mail["subject"] for mail in postbox.sent_to("ada@example.com")] == ["A test mail"]
    assert len(postbox.mails) == 1
    assert code == 0


def test_a_test_mail_that_is_refused_is_a_failure(tmp_path: Path, postbox: Postbox):
    postbox.answer = "554 no mail for ada@example.com"

    code, found = ask("--send-to", "ada@example.com", DATA_DIR=str(tmp_path), SMTP_URL=postbox.url)

    assert about("test mail", found) == [
        ("failed", "SMTPDataError: 554 no mail for a***@example.com")
    ]
    assert code == 1


def test_a_wrong_password_is_told_and_not_shown(tmp_path: Path, trusted: Any):
    with mail_server(tls_context=trusted) as (_, where):
        chosen = {"DATA_DIR": str(tmp_path), "SMTP_URL": f"smtp://me:wrong-secret@{where}"}
        code, found = ask(**chosen)
        table = connectx("doctor", **chosen)

    assert about("mail", found) == [("failed", f"{where}, login: SMTPAuthenticationError: 535")]
    assert (code, table.returncode) == (1, 1)
    assert "wrong-secret" not in json.dumps(found) + table.stdout + table.stderr


def test_a_certificate_that_nobody_vouches_for_is_told(
    tmp_path: Path, certificate: tuple[Any, Path]
):
    with mail_server(tls_context=certificate[0]) as (_, where):
        code, found = ask(DATA_DIR=str(tmp_path), SMTP_URL=f"smtp://me:p%40ssword-42@{where}")

    assert about("mail", found) == [("failed", f"{where}, certificate: self-signed certificate")]
    assert code == 1


def test_a_server_without_the_encryption_that_is_asked_for_is_told(
    tmp_path: Path, postbox: Postbox
):
    code, found = ask(DATA_DIR=str(tmp_path), SMTP_URL=f"{postbox.url}?starttls=required")

    [(state, what)] = about("mail", found)
    assert (code, state) == (1, "failed")
    assert ", encryption: SMTPException: SMTP STARTTLS extension not supported" in what


def test_encryption_that_is_offered_and_not_used_is_a_warning(tmp_path: Path, trusted: Any):
    with mail_server(tls_context=trusted) as (_, where):
        code, found = ask(DATA_DIR=str(tmp_path), SMTP_URL=f"smtp://{where}")

    assert ("warning", "codes leave this machine unencrypted") in about("mail", found)
    assert code == 0


@pytest.mark.parametrize(
    ("host", "step"), [("127.0.0.1:1", "connection"), ("mail.invalid", "name")]
)
def test_a_mail_server_that_is_not_there_is_told(tmp_path: Path, host: str, step: str):
    code, found = ask(DATA_DIR=str(tmp_path), SMTP_URL=f"smtp://{host}")

    [(state, what)] = about("mail", found)
    assert (code, state) == (1, "failed")
    assert f", {step}: " in what
