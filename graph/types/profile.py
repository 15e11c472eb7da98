"""The profile: what a policy asks for, what a person has given, and what they send."""

from enum import Enum
from typing import Self

import strawberry

from accounts.profile import fields
from accounts.profile.check import StoredValue, TypedValue
from accounts.profile.fields import FieldType


@strawberry.enum(description="What a value of a profile field is.")
class ProfileFieldType(Enum):
    TEXT = strawberry.enum_value(FieldType.TEXT, description="A line of text.")
    LONG_TEXT = strawberry.enum_value(
        FieldType.LONG_TEXT, description="A text that may have several lines."
    )
    DATE = strawberry.enum_value(
        FieldType.DATE, description="A date after ISO 8601, such as `2000-12-31`."
    )
    PHONE = strawberry.enum_value(
        FieldType.PHONE,
        description="A phone number with its country code. It may be sent with spaces, and is told "
        "after E.164, such as `+4930123456`.",
    )
    CHOICE = strawberry.enum_value(FieldType.CHOICE, description="One of `choices`.")
    BOOLEAN = strawberry.enum_value(FieldType.BOOLEAN, description="`true` or `false`.")


@strawberry.type(description="A field of the profile. A form can draw itself from this.")
class ProfileField:
    key: str = strawberry.field(description="Identifies the field, as in `ProfileValue.key`.")
    type: ProfileFieldType = strawberry.field(description="What a value is.")
    required: bool = strawberry.field(
        description="Whether the profile is incomplete without it. It can be given later than at "
        "registration."
    )
    label: str = strawberry.field(
        description="The name of the field for people, in the language of `Accept-Language` if the "
        "policy has it."
    )
    choices: list[str] = strawberry.field(
        description="The values to choose from. Empty for all types but `CHOICE`."
    )
    max_length: int | None = strawberry.field(
        description="The greatest number of characters (Unicode code points). Null for all types "
        "but `TEXT` and `LONG_TEXT`."
    )

    @classmethod
    def of(cls, field: fields.ProfileField, *, language: str) -> Self:
        return cls(
            key=field.key,
            type=ProfileFieldType(field.type),
            required=field.required,
            label=field.label.in_language(language),
            choices=list(field.choices),
            max_length=field.text_length,
        )


@strawberry.type(description="What a person has given for a field of the profile.")
class ProfileValue:
    __repr__ = object.__repr__  # keeps personal data out of logs

    key: str = strawberry.field(description="The key of the field.")
    value: str = strawberry.field(
        description="The value as text: dates after ISO 8601, `true` or `false`."
    )

    @classmethod
    def of(cls, key: str, stored: StoredValue) -> Self:
        return cls(key=key, value=as_text(stored))


def as_text(stored: StoredValue) -> str:
    return stored if isinstance(stored, str) else str(stored).lower()


@strawberry.input(description="A value for a field of the profile.")
class ProfileValueInput:
    __repr__ = object.__repr__

    key: str = strawberry.field(description="The key of the field.")
    value: str | None = strawberry.field(
        default=None,
        description="The value as text: dates after ISO 8601, `true` or `false`. Null or a blank "
        "text removes the value.",
    )


def typed_values(given: list[ProfileValueInput] | None) -> list[TypedValue]:
    return [TypedValue(each.key, each.value) for each in given or ()]
