"""Translates the messages of an answer into the language of its client."""

from languages.text import Text


def translate(answer: object, language: str) -> None:
    """Translates the `message` of a mutation's answer, and those of its `errors`."""
    for told in (answer, *getattr(answer, "errors", ())):
        message = getattr(told, "message", None)
        if isinstance(message, Text):
            told.message = message.in_language(language)
