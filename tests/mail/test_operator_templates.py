"""An operator's own templates: used, and tried before a mail depends on them."""

from pathlib import Path

import pytest
from harness.postbox import Postbox
from harness.processes import refused_start
from harness.service import running
from harness.settings import environment

from server.settings import Settings, SettingsError

ADDRESS = "ada@example.com"
LAYOUT = (
    '<!doctype html><html lang="{{ language }}"><title>{{ subject }}</title>'
    "<h6>Ada's own frame</h6>{% block content %}{% endblock %}</html>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_layout_alone_frames_every_letter(
    settings: dict[str, str], postbox: Postbox, folder: Path
):
    (folder / "layout.html").write_text(LAYOUT)
    with running(**settings, MAIL_TEMPLATES=str(folder)) as service:
        service.register()
        mail, code = postbox.newest(ADDRESS), postbox.code(ADDRESS)

    html = mail.get_body(("html",)).get_content()
    assert "<h6>Ada's own frame</h6>" in html
    assert f">{code}<" in html
    assert mail.get_body(("plain",)).get_content().startswith("Confirm your email address")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_part_of_a_letter_can_be_replaced(
    settings: dict[str, str], postbox: Postbox, folder: Path
):
    (folder / "verification.subject.txt").write_text("{{ product }}:\n{{ code }} ({{ language }})")
    (folder / "verification.txt").write_text(
        '{% include "greeting.txt" +%}\n{{ code }} {{ link }}'
        "{% if code %} {% trans %}Your confirmation code is{% endtrans %}"
        " {{ code_minutes | duration }}{% endif %}"
    )
    (folder / "greeting.txt").write_text("Hello from {{ product }}")
    (folder / "verification.html").write_text("<b>{{ product }}</b> {{ code }} {{ link }}")
    chosen = {"MAIL_TEMPLATES": str(folder), "PRODUCT_NAME": "A & <i>B</i>", "LANGUAGE": "de"}
    with running(**settings, **chosen) as service:
        service.register()
        mail = postbox.newest(ADDRESS)

    code = mail["subject"].split()[-2]
    assert mail["subject"] == f"A & <i>B</i>: {code} (de)"
    assert mail.get_body(("plain",)).get_content() == (
        f"Hello from A & <i>B</i>\n{code} None Ihr Bestätigungscode lautet 10 Minuten\n"
    )
    assert "<b>A &amp; &lt;i&gt;B&lt;/i&gt;</b>" in mail.get_body(("html",)).get_content()


def test_a_template_that_holds_for_codes_and_fails_for_links_is_refused(folder: Path):
    (folder / "verification.txt").write_text("{{ code }} {{ link }} {{ code_minutes | duration }}")

    with environment(MAIL_TEMPLATES=str(folder)), pytest.raises(SettingsError) as refused:
        Settings.read()

    assert "/verification.txt, line 1: " in str(refused.value)
    assert str(refused.value).endswith("(verification-link in de)")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("layout.html", "a\n{{ nothing }}", "/layout.html, line 2: 'nothing' is undefined"),
        (
            "layout.html",
            "a\n\n{% trans %}{{ nothing }}{% endtrans %}",
            "/layout.html, line 3: 'nothing' is undefined",
        ),
        ("layout.html", "a\n\n{% if", "/layout.html, line 3: unexpected 'end of template'"),
        ("layout.html", "", ": verification.html comes out without the code"),
        ("account_exists.txt", "{{ 1 / 0 }}", "/account_exists.txt, line 1: division by zero"),
        ("account_exists.txt", "{{ 1 | x }}", "/account_exists.txt, line 1: No filter named 'x'."),
        (
            "account_exists.html",
            "\n{% extends 'frame.html' %}",
            "/account_exists.html, line 2: there is no template frame.html",
        ),
        ("verification.txt", "{{ code }}", ": verification.txt comes out without the link"),
        ("verification.subject.txt", "\n", ": verification.subject.txt comes out empty"),
        (
            "verfication.html",
            "{{ code }}",
            "/verfication.html: no mail uses this template; did you mean verification.html?",
        ),
        (
            "verification.txt",
            "{% if language == 'fr' %}{{ x }}{% endif %}{{ code }}{{ link }}",
            "/verification.txt, line 1: 'x' is undefined (verification-code in fr)",
        ),
    ],
)
def test_a_broken_template_is_named_at_start_with_its_line_and_its_cause(
    folder: Path, name: str, content: str, message: str
):
    (folder / name).write_text(content)

    with environment(MAIL_TEMPLATES=str(folder)), pytest.raises(SettingsError) as refused:
        Settings.read()

    assert str(refused.value).startswith(f"CONNECTX_MAIL_TEMPLATES: {folder}{message}")


def test_a_template_that_is_no_text_is_named(folder: Path):
    (folder / "layout.html").write_bytes(b"\xff\xfe")

    with environment(MAIL_TEMPLATES=str(folder)), pytest.raises(SettingsError) as refused:
        Settings.read()

    assert str(refused.value) == f"CONNECTX_MAIL_TEMPLATES: {folder}/layout.html: is not UTF-8"


def test_the_server_does_not_start_with_a_broken_template(folder: Path, tmp_path: Path):
    (folder / "layout.html").write_text("{{ nothing }}")

    result = refused_start(MAIL_TEMPLATES=str(folder), DATA_DIR=str(tmp_path / "data"))

    assert result.returncode == 2
    assert result.stderr == (
        f"CONNECTX_MAIL_TEMPLATES: {folder}/layout.html, line 1: 'nothing' is undefined "
        "(verification-code in de)\n"
    )


def test_a_folder_that_is_not_there_is_refused(folder: Path):
    missing = folder / "missing"

    with environment(MAIL_TEMPLATES=str(missing)), pytest.raises(SettingsError) as refused:
        Settings.read()

    assert str(refused.value) == (
        f"CONNECTX_MAIL_TEMPLATES: takes a folder, and {missing} is not one"
    )


def test_an_empty_folder_and_files_that_are_no_templates_change_nothing(folder: Path):
    (folder / "README.md").write_text("{{ what these are }}")

    with environment(MAIL_TEMPLATES=str(folder)):
        assert Settings.read().mail_templates == folder
