"""Texts for people, which are English and can be told in another language."""

from typing import Self

from languages.catalogues import translations


class Text(str):
    """An English text with its values filled in, such as `Text("At least %(count)s", count=8)`.

    It can be used like any other text. `make messages` collects all texts for the catalogues.
    """

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        return cls._of(template, values, english=template % values if values else template)

    @classmethod
    def detailed(cls, template: "Text", *, english: str) -> Self:
        """A text that says more in English than in other languages."""
        return cls._of(template.template, template.values, english=english)

    @classmethod
    def _of(cls, template: str, values: dict[str, object], *, english: str) -> Self:
        text = super().__new__(cls, english)
        text.template, text.values = template, values
        return text

    def in_language(self, language: str) -> str:
        """The text in a language of `languages.catalogues`."""
        if language == "en":
            return str(self)
        translated = translations(language).gettext(self.template)
        return translated % self.values if self.values else translated
