"""The fields of a profile, as a policy declares them."""

from enum import StrEnum
from typing import Annotated, Any, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic.alias_generators import to_camel

from accounts.characters import CONTROL_CHARACTERS

MAX_FIELDS = 30
MAX_CHARACTERS = 10_000
"""Of all values of a profile. A line of an import has at most 64 KiB, a character four bytes."""

_RESERVED = {"name", "email", "password", "role", "tenant", "invitedby"}
"""What a person has beside the profile, in lower case."""


class FieldType(StrEnum):
    TEXT = "TEXT"
    LONG_TEXT = "LONG_TEXT"
    DATE = "DATE"
    PHONE = "PHONE"
    CHOICE = "CHOICE"
    BOOLEAN = "BOOLEAN"


_LENGTHS = {
    FieldType.TEXT: 200,
    FieldType.LONG_TEXT: 1_000,
    FieldType.DATE: 10,
    FieldType.PHONE: 16,
    FieldType.BOOLEAN: 5,
}
_OF_ANY_LENGTH = (FieldType.TEXT, FieldType.LONG_TEXT)


def _printable(text: str) -> str:
    if CONTROL_CHARACTERS.search(text) or text != text.strip():
        raise ValueError("must not contain control characters, nor begin or end with a space")
    return text


Short: TypeAlias = Annotated[
    StrictStr, Field(min_length=1, max_length=100), AfterValidator(_printable)
]
Language: TypeAlias = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class Label(RootModel[Annotated[dict[Language, Short], Field(min_length=1)]]):
    """The name of a field for people, by language. A plain text is the name in all languages."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _of_text(cls, given: Any) -> Any:
        return {"en": given} if isinstance(given, str) else given

    def __hash__(self) -> int:
        return hash(tuple(self.root.items()))

    def in_language(self, language: str) -> str:
        """The name in this language; otherwise in English; otherwise in the first language."""
        return self.root.get(language) or self.root.get("en") or next(iter(self.root.values()))


class ProfileField(BaseModel):
    """A field of the profile. The descriptions complete the sentence "takes …" in errors."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True
    )

    key: str = Field(
        pattern=r"^[A-Za-z][A-Za-z0-9_]{0,63}$",
        description="1 to 64 letters, digits and _, with a letter first",
    )
    type: FieldType = Field(description=f"one of {', '.join(FieldType)}")
    required: StrictBool = False
    label: Label = Field(
        description="text of 1 to 100 characters, or one for each language, such as "
        '{ en = "Phone", de = "Telefon" }'
    )
    choices: tuple[Short, ...] = Field(
        default=(),
        max_length=100,
        validate_default=True,
        description='a list of at most 100 texts of 1 to 100 characters each, such as ["S", "M"]',
    )
    max_length: StrictInt | None = Field(
        default=None,
        ge=1,
        le=MAX_CHARACTERS,
        description=f"a whole number from 1 to {MAX_CHARACTERS}",
    )

    @field_validator("key")
    @classmethod
    def _is_free(cls, key: str) -> str:
        if key.lower() in _RESERVED:
            raise ValueError(f"must not be {key}, which a person has beside the profile")
        return key

    @field_validator("choices")
    @classmethod
    def _are_for_a_choice(cls, choices: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        kind = info.data.get("type")
        if kind is FieldType.CHOICE and not choices:
            raise ValueError("is required for the type CHOICE")
        if kind not in (FieldType.CHOICE, None) and choices:
            raise ValueError("is for the type CHOICE only")
        return tuple(dict.fromkeys(choices))

    @field_validator("max_length")
    @classmethod
    def _is_for_text(cls, length: int | None, info: ValidationInfo) -> int | None:
        kind = info.data.get("type")
        if length is not None and kind not in (*_OF_ANY_LENGTH, None):
            raise ValueError("is for the types TEXT and LONG_TEXT only")
        return length

    @property
    def text_length(self) -> int | None:
        """The most characters of a text; None for a type that is no free text."""
        if self.type not in _OF_ANY_LENGTH:
            return None
        return self.max_length or _LENGTHS[self.type]

    @property
    def summary(self) -> str:
        """The field in a few words, for operators: `phone PHONE required`."""
        return f"{self.key} {self.type}{' required' if self.required else ''}"

    @property
    def longest(self) -> int:
        """The most characters of a value."""
        of_choices = max(map(len, self.choices), default=0)
        return self.text_length or _LENGTHS.get(self.type, of_choices)


def checked_fields(fields: tuple[ProfileField, ...]) -> tuple[ProfileField, ...]:
    """The fields of one policy. Raises ValueError, with a sentence for its author."""
    keys = [field.key for field in fields]
    repeated = next((key for key in keys if keys.count(key) > 1), None)
    if repeated is not None:
        raise ValueError(f"has the key {repeated} twice")
    characters = sum(field.longest for field in fields)
    if characters > MAX_CHARACTERS:
        raise ValueError(
            f"takes fields with at most {MAX_CHARACTERS} characters in all, and has {characters}: "
            "set a lower maxLength"
        )
    return fields
