"""The messages of the API, in the language that the client asks for."""

from typing import Any

import pytest
from harness.breakable_clock import BreakableClock
from harness.every_mutation import MUTATIONS, document, variables
from harness.postbox import Postbox
from harness.service import Service, running

from languages.catalogues import LANGUAGES

ADDRESS = "ada@example.com"


@pytest.fixture
def asks(service: Service) -> Any:
    """Runs a mutation with a header Accept-Language, and returns its answer."""

    def ask(language: str | None, mutation: str, **changed: str) -> dict[str, Any]:
        body = {"query": document(mutation), "variables": variables(mutation, **changed)}
        headers = {} if language is None else {"accept-language": language}
        answer = service.http.post("/graphql", json=body, headers=headers).json()
        assert "errors" not in answer
        return answer["data"][mutation]

    return ask


@pytest.mark.parametrize(
    ("language", "message"),
    [
        (None, "Password must be at least 8 characters."),
        ("tlh", "Password must be at least 8 characters."),
        ("en-GB, de;q=0.5", "Password must be at least 8 characters."),
        ("de-AT", "Das Passwort muss mindestens 8 Zeichen haben."),
        ("es", "La contraseña debe tener al menos 8 caracteres."),
        ("fr;q=0.7, tlh", "Le mot de passe doit avoir au moins 8 caractères."),
    ],
)
def test_a_rejected_field_is_told_in_the_clients_language(
    asks: Any, language: str | None, message: str
):
    answer = asks(language, "register", password="short")

    assert [error["message"] for error in answer["errors"]] == [message]


def test_what_happened_and_what_went_wrong_are_told_in_the_clients_language(
    asks: Any, postbox: Postbox
):
    told = [asks("de", "register")["message"]]
    told.append(asks("de", "register")["message"])
    told.append(asks("de", "login")["message"])
    code = postbox.newest(ADDRESS)["subject"][:6]
    told.append(asks("de", "verifyEmail", otp=code)["message"])
    told.append(asks("de", "logout")["message"])

    assert told == [
        "Sie sind registriert. Ein Bestätigungscode wurde an Ihre E-Mail-Adresse gesendet.",
        "Diese E-Mail-Adresse ist bereits registriert.",
        "Ihre E-Mail-Adresse ist noch nicht bestätigt.",
        "Ihre E-Mail-Adresse ist bestätigt.",
        "Sie sind nicht angemeldet.",
    ]


def test_an_address_says_more_in_english_than_in_other_languages(asks: Any):
    told = {
        language: asks(language, "login", email="ada@example..com")["errors"][0]["message"]
        for language in ("en", "de")
    }

    assert told["de"] == "Das ist keine gültige E-Mail-Adresse."
    assert told["en"] != "Email must be a valid email address."


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_bug_is_told_in_the_clients_language(settings: dict[str, str]):
    clock = BreakableClock()
    with running(clock, **settings) as service:
        clock.broken = True
        told = {
            (mutation, language): service.http.post(
                "/graphql",
                json={"query": document(mutation), "variables": variables(mutation)},
                headers={"accept-language": language},
            ).json()["data"][mutation]["message"]
            for mutation in MUTATIONS
            for language in LANGUAGES
        }

    assert {message for (_, language), message in told.items() if language == "de"} >= {
        "Auf dem Server ist ein Fehler aufgetreten."
    }
    for mutation in MUTATIONS:
        assert len({told[mutation, language] for language in LANGUAGES}) == len(LANGUAGES)
