"""The profile of the preset `church`."""

from accounts.profile.fields import FieldType, Label, ProfileField

CHURCH = (
    ProfileField(
        key="phone",
        type=FieldType.PHONE,
        required=True,
        label=Label({"en": "Phone", "de": "Telefon", "es": "Teléfono", "fr": "Téléphone"}),
    ),
    ProfileField(
        key="birthday",
        type=FieldType.DATE,
        label=Label(
            {
                "en": "Birthday",
                "de": "Geburtstag",
                "es": "Fecha de nacimiento",
                "fr": "Date de naissance",
            }
        ),
    ),
    ProfileField(
        key="address",
        type=FieldType.LONG_TEXT,
        label=Label({"en": "Address", "de": "Anschrift", "es": "Dirección", "fr": "Adresse"}),
    ),
)
