"""The language that mails are in: asked for by Accept-Language, and kept with the user."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from harness.database import rows
from harness.paths import OPERATIONS
from harness.policies import CONCEALING, policy_file
from harness.postbox import Postbox
from harness.service import Clock, Service, running
from harness.settings import environment

from languages.catalogues import LANGUAGES
from server.settings import Settings, SettingsError

pytestmark = pytest.mark.slow

ADDRESS = "ada@example.com"
SUBJECTS = {
    "en": "{code} is your ConnectX confirmation code",
    "de": "{code} ist Ihr Bestätigungscode für ConnectX",
    "es": "{code} es su código de confirmación de ConnectX",
    "fr": "{code} est votre code de confirmation pour ConnectX",
}


def register(service: Service, *languages: str, email: str = ADDRESS) -> str:
    """The answer's type, for a registration with these Accept-Language headers."""
    given = {"name": "Ada", "email": email, "password": "secure_password"}
    body = {"query": (OPERATIONS / "register.graphql").read_text(), "variables": {"input": given}}
    headers = [("accept-language", language.encode("latin-1")) for language in languages]
    answer = service.http.post("/graphql", json=body, headers=headers).json()
    return answer["data"]["register"]["__typename"]


def language_of(mail: EmailMessage) -> str:
    """The language that the subject is in, which all parts of the mail have to be in."""
    code = mail["subject"].partition(" ")[0]
    [language] = [
        each for each, text in SUBJECTS.items() if mail["subject"] == text.format(code=code)
    ]
    assert f'<html lang="{language}">' in mail.get_body(("html",)).get_content()
    return language


def kept(database_url: str) -> list[str | None]:
    return [row["language"] for row in rows(database_url, "SELECT language FROM users")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_is_in_the_language_that_was_asked_for_and_it_is_kept(
    service: Service, postbox: Postbox, database_url: str, language: str
):
    assert register(service, language) == "RegisterSuccess"

    mail = postbox.newest(ADDRESS)
    assert language_of(mail) == language
    assert kept(database_url) == [language]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_word_of_a_german_mail_is_german(service: Service, postbox: Postbox):
    register(service, "de-AT,de;q=0.9,en;q=0.8")

    mail = postbox.newest(ADDRESS)
    code = mail["subject"].partition(" ")[0]
    assert mail.get_body(("plain",)).get_content() == (
        "Bestätigen Sie Ihre E-Mail-Adresse für ConnectX\n\n"
        "Ihr Bestätigungscode lautet\n\n"
        f"    {code}\n\n"
        "Geben Sie ihn dort ein, wo Sie sich registriert haben. Er gilt 10 Minuten.\n\n"
        "ConnectX hat Ihnen diese E-Mail geschickt, weil sich jemand mit Ihrer\n"
        "Adresse registriert hat.\n"
        "Wenn Sie das nicht waren, können Sie diese E-Mail ignorieren oder es uns\n"
        "über diesen Link mitteilen:\n\n"
        f"{service.url}/disown-registration#token={postbox.disown_token(ADDRESS)}\n\n"
        "Geben Sie den Code niemals an jemanden weiter, der Sie danach fragt.\n"
    )


def test_a_resent_mail_is_in_the_language_of_the_registration(service: Service, postbox: Postbox):
    register(service, "fr-CA")
    service.clock.advance(minutes=1)

    service.resend()

    assert language_of(postbox.newest(ADDRESS, count=2)) == "fr"


@pytest.mark.parametrize("asked", [[], ["tlh"], ["*"], ["de;q=0"], ["; DROP TABLE users"]])
def test_whoever_asks_for_no_language_that_there_is_gets_the_deployments(
    settings: dict[str, str], postbox: Postbox, database_url: str, asked: list[str]
):
    with running(**settings, LANGUAGE="ES") as service:
        register(service, *asked)
        assert language_of(postbox.newest(ADDRESS)) == "es"

    assert kept(database_url) == [None]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "headers",
    [
        ["\xff\xfe\x80"],
        ["de" * 4_000],
        ["de;q=0.5," * 500],
        [",".join(f"x{number}" for number in range(150)), "de"],
        ["../../../etc/passwd"],
        ["de_DE.UTF-8"],
        ["{{ 7 * 7 }}"],
        ["de\t;q=nan, en;q=inf, fr;q=1e9"],
        ["%(code)s"],
    ],
)
def test_a_hostile_header_is_no_more_than_a_language_that_there_is_not(
    service: Service, postbox: Postbox, headers: list[str]
):
    assert register(service, *headers) == "RegisterSuccess"
    assert language_of(postbox.newest(ADDRESS)) in {"en", "de"}


@pytest.mark.parametrize("registered_in", ["de", None])
def test_the_owner_of_a_taken_address_is_written_to_in_their_own_language(
    settings: dict[str, str],
    clock: Clock,
    postbox: Postbox,
    tmp_path: Path,
    registered_in: str | None,
):
    with running(clock, **settings, POLICY=policy_file(tmp_path, CONCEALING)) as service:
        register(service, *([registered_in] if registered_in else []))
        clock.advance(minutes=1)
        assert register(service, "fr") == "RegistrationPending"

        subject = postbox.newest(ADDRESS, count=2)["subject"]

    told = {
        "de": "Sie haben bereits ein Konto bei ConnectX",
        None: "You already have an account at ConnectX",
    }
    assert subject == told[registered_in]


def test_a_mail_that_an_older_release_queued_leaves_in_the_deployments_language(
    settings: dict[str, str], clock: Clock, postbox: Postbox, database_url: str
):
    with running(clock, **settings, DELIVERY="off") as service:
        register(service, "de")
    rows(database_url, """UPDATE outgoing_mails SET data = '{"product": "ConnectX"}'""")
    with running(clock, **settings, LANGUAGE="fr"):
        assert language_of(postbox.newest(ADDRESS)) == "fr"


def test_a_deployment_cannot_speak_a_language_without_a_catalogue():
    with environment(LANGUAGE="tlh"), pytest.raises(SettingsError) as refused:
        Settings.read()

    assert str(refused.value) == "CONNECTX_LANGUAGE: takes one of de, en, es, fr"
