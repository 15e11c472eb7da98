"""The templates of letters, rendered."""

import jinja2
import pytest
from bs4 import BeautifulSoup
from harness.messages import CONTEXT, LINK, RENDERER, letter
from hypothesis import given
from hypothesis import strategies as st

from languages.catalogues import duration
from mail.message.rendering import Renderer, jinja_environment


def test_a_subject_with_a_code_begins_with_it():
    subject, text, html = RENDERER.render("verification", CONTEXT)

    assert subject == "123456 is your Shop confirmation code"
    for body in (text, BeautifulSoup(html, "html.parser").get_text(" ")):
        words = " ".join(body.split())
        assert "123456 Enter it where you registered. It works for 10 minutes." in words
        assert "link" in words
        assert "works for 24 hours" in words
        assert LINK in words
        assert "Shop sent you this email because somebody registered with your address." in words


def test_a_mail_without_a_code_says_nothing_of_one():
    subject, text, html = RENDERER.render(
        "verification", {**CONTEXT, "code": None, "code_minutes": None}
    )

    assert subject == "Confirm your email address for Shop"
    assert "code" not in text
    assert "your confirmation code" not in html


def test_a_mail_without_a_link_has_only_the_one_for_somebody_who_did_not_register():
    _, text, html = RENDERER.render("verification", {**CONTEXT, "link": None, "link_minutes": None})

    assert text.count("https://") == html.count("<a ") == 1
    assert str(CONTEXT["disown_link"]) in text
    assert str(CONTEXT["disown_link"]) in html


def test_a_mail_to_the_owner_of_an_account_has_no_code():
    subject, text, html = RENDERER.render("account_exists", {"product": "Shop"})

    assert subject == "You already have an account at Shop"
    for body in (text, html):
        assert "log in with the account that you have" in body
        assert "code" not in BeautifulSoup(body, "html.parser").get_text()


@given(st.text())
def test_html_shows_the_name_of_a_product_and_does_not_obey_it(product):
    def tags(name: str) -> list[str]:
        html = RENDERER.render("verification", {**CONTEXT, "product": name})[2]
        return [tag.name for tag in BeautifulSoup(html, "html.parser").find_all()]

    assert tags(f"<script>{product}</script><img src='x'>") == tags("Shop")


def test_a_mail_loads_nothing_from_elsewhere():
    for name in ("verification", "account_exists"):
        html = RENDERER.render(name, CONTEXT)[2]
        assert not BeautifulSoup(html, "html.parser").find_all(["img", "link", "script", "iframe"])
        assert "url(" not in html
        assert "@import" not in html


def test_a_missing_value_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        RENDERER.render("verification", {"product": "Shop"})


def test_a_folder_of_templates_replaces_some_and_keeps_the_others(tmp_path):
    (tmp_path / "verification.txt").write_text("Hello from {{ product }}: {{ code }}")

    subject, text, html = Renderer(tmp_path).render("verification", CONTEXT)

    assert text == "Hello from Shop: 123456\n"
    assert (subject, html) == RENDERER.render("verification", CONTEXT)[::2]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (10, "10 minutes"),
        (60, "1 hour"),
        (90, "90 minutes"),
        (1440, "24 hours"),
        (2880, "48 hours"),
        (4320, "3 days"),
    ],
)
def test_a_lifetime_reads_as_people_say_it(minutes, words):
    assert duration(minutes, "en") == words


def test_a_letter_shows_nothing_of_itself_in_a_log():
    assert repr(letter(code="123456", link=LINK)) == ("Message(message_id='1', sender_name=None)")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% trans %}100% of {{ product }}{% endtrans %}", "100% of &lt;b&gt;%s"),
        ("{% trans %}all 100%{% endtrans %}", "all 100%"),
        ("{% trans who=product | upper %}<i>{{ who }}</i>{% endtrans %}", "<i>&lt;B&gt;%S</i>"),
        (
            "{% trans n=2 %}one{% pluralize %}{{ n }} of {{ product }}{% endtrans %}",
            "2 of &lt;b&gt;%s",
        ),
        ("{% trans 'shop' %}of {{ product }}{% endtrans %}", "of &lt;b&gt;%s"),
        ("{{ _('of %(it)s', it=product) }}", "of &lt;b&gt;%s"),
    ],
)
def test_what_is_translated_has_its_percent_signs_and_its_values_escaped(template: str, said: str):
    assert jinja_environment(language="de").from_string(template).render(product="<b>%s") == said
