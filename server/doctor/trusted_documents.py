"""Which documents are executed."""

from server.doctor.findings import Finding, failed, fine
from server.settings import Settings, SettingsError


async def check_documents(settings: Settings) -> list[Finding]:
    from server.trusted_documents import (
        trusted_documents,  # takes a second, which other commands save
    )

    try:
        trusted = trusted_documents(settings)
    except SettingsError as error:
        mend = "See docs/trusted-documents.md; clients' operations have to fit the schema."
        return [failed("documents", line, mend) for line in str(error).splitlines()]
    if trusted.only:
        what = f"{trusted.count} trusted, and no others run: introspection and GraphiQL do not work"
        return [fine("documents", what)]
    others = "any others that keep the limits run too"
    return [fine("documents", f"{trusted.count or 'none'} trusted, {others}")]
