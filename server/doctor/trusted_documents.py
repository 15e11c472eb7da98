"""Checks the trusted documents."""

from server.doctor.findings import Finding, failed, fine
from server.settings import Settings, SettingsError


async def check_documents(settings: Settings) -> list[Finding]:
    from server.trusted_documents import (  # imports the schema, which is slow
        documents_summary,
        trusted_documents,
    )

    try:
        trusted = trusted_documents(settings)
    except SettingsError as error:
        to_do = "See docs/trusted-documents.md; clients' operations have to fit the schema."
        return [failed("documents", line, to_do) for line in str(error).splitlines()]
    return [fine("documents", documents_summary(trusted))]
