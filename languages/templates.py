"""Jinja templates in the languages of the catalogues."""

from functools import partial

from jinja2 import BaseLoader, Environment, StrictUndefined, select_autoescape

from languages.catalogues import duration, translations


def templates_in(language: str, loader: BaseLoader) -> Environment:
    """The templates in a language. A missing value is an error, and HTML is escaped.

    In translations, the values are escaped and the translation's own tags stay.
    """
    templates = Environment(
        loader=loader,
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Templates are checked at start only. Looking for changes costs eight calls a mail.
        auto_reload=False,
    )
    templates.policies["ext.i18n.trimmed"] = True
    templates.install_gettext_translations(  # type: ignore[attr-defined] # added by the extension
        translations(language), newstyle=True
    )
    templates.filters["duration"] = partial(duration, language=language)
    return templates
