"""The operations that are measured: what is sent, what comes back and what it has to store."""

from collections.abc import Callable
from dataclasses import dataclass

import people
from harness.paths import OPERATIONS
from offering import post


@dataclass(frozen=True)
class Case:
    """`request` is the n-th request to a path about somebody named `name`."""

    name: str
    title: str
    goal: float
    request: Callable[[str, str, int], bytes]
    expected: bytes
    per_person: int = 1
    """How many requests one person is good for; 0 where the requests are about nobody."""
    stored: str | None = None
    """SQL for a number that grows by one with each answer."""
    connections: int = 16
    """Each of which asks again as soon as it is answered."""
    always_the_same: bool = False
    """Whether all requests are one, so that wrk can send them."""


def _text(operation: str) -> str:
    return (OPERATIONS / f"{operation}.graphql").read_text()


def _mutation(
    operation: str, given: Callable[[str], dict[str, str]], per_person: int = 1
) -> Callable[[str, str, int], bytes]:
    text = _text(operation)

    def request(path: str, name: str, number: int) -> bytes:
        who = f"{name}{number // per_person}"
        return post(path, {"query": text, "variables": {"input": given(who)}})

    return request


def viewer(path: str, name: str, number: int) -> bytes:
    who = f"{name}{number}"
    return post(path, {"query": _VIEWER, "variables": {}}, token=f"token-{who}")


def policy_of(tenant: str | None) -> Callable[[str, str, int], bytes]:
    body = {"query": _text("registration_policy"), "variables": {"tenant": tenant}}
    return lambda path, _name, _number: post(path, body)


_VIEWER = _text("viewer")
MAILS = "SELECT count(*) AS n FROM outgoing_mails"
_GUESSES = "SELECT COALESCE(sum(hits), 0) AS n FROM counters WHERE key LIKE 'guesses/told/%'"

register = _mutation(
    "register",
    lambda who: {
        "name": "Ada Lovelace",
        "email": f"{who}@example.com",
        "password": "secure_password",
    },
)

login = _mutation(
    "login", lambda who: {"email": f"{who}@example.com", "password": "secure_password"}
)

verify_wrong = _mutation(
    "verify_email", lambda who: {"email": f"{who}@example.com", "otp": "000000"}, per_person=4
)

REGISTERED = b'"__typename":"RegisterSuccess"'
UNAVAILABLE = b'"__typename":"UnavailableError"'
USERS = "SELECT count(*) AS n FROM users"


def cases(tenant: str) -> list[Case]:
    """Those that are compared with a bare route; `tenant` is a tenant's id."""
    return [
        Case(
            name="verify_wrong",
            title="verifyEmail, wrong code",
            goal=0.55,
            request=verify_wrong,
            expected=b'"__typename":"InvalidOtpError"',
            per_person=4,
            stored=_GUESSES,
        ),
        Case(
            name="verify_right",
            title="verifyEmail, right code",
            goal=0.60,
            request=_mutation(
                "verify_email",
                lambda who: {"email": f"{who}@example.com", "otp": people.code(who)},
            ),
            expected=b'"__typename":"VerifyEmailSuccess"',
            stored=f"{USERS} WHERE is_verified",
        ),
        Case(
            name="resend",
            title="resendVerification",
            goal=0.60,
            request=_mutation("resend_verification", lambda who: {"email": f"{who}@example.com"}),
            expected=b'"__typename":"ResendVerificationSuccess"',
            stored=MAILS,
        ),
        Case(
            name="viewer",
            title="viewer",
            goal=0.60,
            request=viewer,
            expected=b'"isProfileComplete":true',
        ),
        _about_nobody(
            "policy_tenant",
            "registrationPolicy of a tenant",
            goal=0.60,
            request=policy_of(tenant),
            expected=b'"roles":["pastor","member"]',
        ),
        _about_nobody(
            "policy",
            "registrationPolicy, no SQL",
            goal=0.60,
            request=policy_of(None),
            expected=b'"roles":["customer"]',
        ),
        _about_nobody(
            "typename",
            "{ __typename }",
            goal=0.60,
            request=lambda path, _name, _number: post(path, {"query": "{ __typename }"}),
            expected=b'"__typename":"Query"',
        ),
    ]


def _about_nobody(
    name: str,
    title: str,
    *,
    goal: float,
    request: Callable[[str, str, int], bytes],
    expected: bytes,
) -> Case:
    """A case whose requests are all the same."""
    return Case(name, title, goal, request, expected, per_person=0, always_the_same=True)
