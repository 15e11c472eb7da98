"""Checks the trusted documents."""

from server.doctor.findings import Finding, failed, fine
from server.settings import Settings, SettingsError


async def check_documents(settings: Settings) -> list[Finding]:
    from server.trusted_documents import trusted_documents  # imports the schema, which is slow

    try:
        trusted = trusted_documents(settings)
    except SettingsError as error:
        to_do = "See docs/trusted-documents.md; clients' operations have to fit the schema."
        return [failed("documents", line, to_do) for line in str(error).splitlines()]
    if trusted.only:
        what = f"{trusted.count} trusted, all others are refused: no introspection, no GraphiQL"
        return [fine("documents", what)]
    others = "others are executed within the limits"
    return [fine("documents", f"{trusted.count or 'none'} trusted, {others}")]
