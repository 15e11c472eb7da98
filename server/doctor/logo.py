"""Checks the file of the product's logo."""

from server.brand import Brand
from server.doctor.findings import Finding, failed, fine
from server.settings import Settings, SettingsError


async def check_logo(settings: Settings) -> list[Finding]:
    try:
        logo = Brand.of(settings).logo
    except SettingsError as error:
        return [failed("logo", str(error), "Name another file, or leave the setting out.")]
    return [fine("logo", "none" if logo is None else f"an image ({logo.media_type})")]
