"""What the server answers after a soak to those who were deleted or have no guesses left."""

from soak.checks import Check
from soak.client import Client, GivenUpError
from soak.ledger import Ledger, Person


async def aftermath(client: Client, ledger: Ledger) -> list[Check]:
    """Neither gets in by anything that once was right."""
    people = ledger.people.values()
    deleted = [person for person in people if person.deleted]
    exhausted = [person for person in people if person.exhausted and not person.deleted]
    return [
        Check(
            "no code, link, token or password of a deleted user works",
            len(deleted),
            [problem for person in deleted for problem in await _deleted(client, person)],
        ),
        Check(
            "the right code is refused once its guesses are used up",
            len(exhausted),
            [problem for person in exhausted for problem in await _exhausted(client, person)],
        ),
    ]


async def _deleted(client: Client, person: Person) -> list[str]:
    email = person.email
    problems = await _refused(client, "login", "InvalidCredentialsError", **person.credentials)
    if person.code:
        refusals = ("InvalidOtpError", "TooManyAttemptsError")
        problems += await _refused(client, "verify_email", *refusals, email=email, otp=person.code)
    if person.link:
        link = person.link
        problems += await _refused(client, "verify_email_by_link", "ExpiredLinkError", token=link)
    if person.token:
        problems += await _refused(client, "viewer", "nothing", bearer=person.token)
    return [f"{email}: {problem}" for problem in problems]


async def _exhausted(client: Client, person: Person) -> list[str]:
    given = {"email": person.email, "otp": person.code or ""}
    problems = await _refused(client, "verify_email", "TooManyAttemptsError", **given)
    return [f"{person.email}: {problem}" for problem in problems]


async def _refused(client: Client, operation: str, *refusals: str, **given: str) -> list[str]:
    """The operation, if it has another outcome."""
    try:
        await client.insist(operation, *refusals, **given)
    except GivenUpError:
        return [operation]
    return []
