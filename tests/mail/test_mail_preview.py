"""`connectx mail preview`: every mail in every language as files."""

import os
import pty
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from harness.polling import eventually
from harness.processes import COMMAND, Process, connectx

from languages.catalogues import LANGUAGES

LETTERS = (
    "verification-code",
    "verification-link",
    "verification-code-and-link",
    "account-exists",
    "password-reset",
    "password-changed",
    "email-change-code",
    "email-change-link",
    "email-taken",
    "email-consent",
    "new-login",
    "sessions-ended",
    "deletion-scheduled",
    "email-changed",
    "email-is-new",
    "account-deleted",
)
MAILS = {f"{letter}.{language}" for letter in LETTERS for language in LANGUAGES}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one call has written, told to on the command line."""
    folder = tmp_path_factory.mktemp("mails") / "new" / "folder"
    result = connectx("mail", "preview", "--out", str(folder), PRODUCT_NAME="Ada & Co <x>")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"{len(MAILS)} mails: {folder}/index.html\n"
    return folder


def test_there_are_three_files_of_each_mail_and_a_page_with_all_of_them(folder: Path):
    kinds = (".html", ".txt", ".eml")
    assert {path.name for path in folder.iterdir()} == {
        "index.html",
        *(f"{mail}{kind}" for mail in MAILS for kind in kinds),
    }
    index = (folder / "index.html").read_text()
    assert {mail for mail in MAILS if f'src="{mail}.html"' in index} == MAILS
    assert "Ada &amp; Co &lt;x&gt;" in index
    assert "Co <x>" not in index


@pytest.mark.parametrize("mail", sorted(MAILS))
def test_an_eml_file_is_the_mail_with_the_text_and_the_html_of_the_others(folder: Path, mail: str):
    message = message_from_bytes((folder / f"{mail}.eml").read_bytes(), policy=policy.default)
    subject, _, text = (folder / f"{mail}.txt").read_text().partition("\n\n")

    assert message["subject"] == subject
    assert message.get_body(("plain",)).get_content().splitlines() == text.splitlines()
    html = (folder / f"{mail}.html").read_text()
    assert message.get_body(("html",)).get_content().splitlines() == html.splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_and_links_are_samples(folder: Path, language: str):
    def shows(letter: str) -> tuple[bool, bool]:
        text = (folder / f"{letter}.{language}.txt").read_text()
        return "123456" in text, "https://example.com/verify#token=this-is-a-sample" in text

    assert [shows(letter) for letter in LETTERS] == [
        (True, False),
        (False, True),
        (True, True),
        (False, False),
        (True, True),
        (False, True),
        (True, False),
        (False, True),
        (False, False),
        (False, True),
        (False, True),
        (False, True),
        (False, True),
        (False, True),
        (False, True),
        (False, False),
    ]


def test_the_browser_of_a_new_login_is_named_in_the_language_of_the_mail(folder: Path):
    told = {language: (folder / f"new-login.{language}.txt").read_text() for language in LANGUAGES}
    words = {"en": "on", "de": "unter", "es": "en", "fr": "sous"}

    for language, text in told.items():
        assert f"Firefox {words[language]} Linux." in " ".join(text.split())
    assert "Firefox unter Linux." in (folder / "new-login.de.html").read_text()


def test_without_a_folder_they_go_into_the_data_folder_with_the_templates_that_are_set(
    tmp_path: Path,
):
    own = tmp_path / "templates"
    own.mkdir()
    (own / "layout.html").write_text("<h6>own</h6>{% block content %}{% endblock %}")

    result = connectx("mail", "preview", DATA_DIR=str(tmp_path / "data"), MAIL_TEMPLATES=str(own))

    assert result.stdout == f"{len(MAILS)} mails: {tmp_path}/data/mail-preview/index.html\n"
    shown = tmp_path / "data" / "mail-preview" / "verification-link.fr.html"
    assert shown.read_text().startswith("<h6>own</h6>")


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("")

    result = connectx("mail", "preview", "--out", str(tmp_path / "file" / "folder"))

    assert result.returncode == 2
    assert result.stderr == f"{tmp_path}/file/folder cannot be written: Not a directory\n"


@pytest.mark.parametrize(
    ("terminal", "option", "opened"),
    [
        (True, [], True),
        (True, ["--no-open"], False),
        (False, [], False),
        (False, ["--open"], True),
    ],
)
def test_a_browser_is_opened_on_a_terminal_or_when_asked(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    terminal: bool,
    option: list[str],
    opened: bool,
):
    """The browser is a program that notes what it was given."""
    browser = tmp_path / "bin" / "xdg-open"
    browser.parent.mkdir()
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", f"{browser.parent}:{os.environ['PATH']}")
    command = ["mail", "preview", "--out", str(tmp_path / "mails"), *option]

    if terminal:
        leader, follower = pty.openpty()
        with Process(
            "/bin/sh", "-c", f"{COMMAND} {' '.join(command)} > {os.ttyname(follower)}"
        ) as run:
            assert run.wait() == 0
        os.close(follower)
        os.close(leader)
    else:
        assert connectx(*command).returncode == 0

    noted = tmp_path / "opened"
    if opened:
        eventually(lambda: noted.exists() and noted.read_text(), "the browser")
        assert noted.read_text() == f"{tmp_path}/mails/index.html\n"
    assert noted.exists() == opened
