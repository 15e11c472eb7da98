"""What the clients of a soak asked and were answered, to be compared with the database later."""

import time
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

LOST = "no answer"
"""The outcome of a request whose connection broke: what became of it, nobody knows."""
UNSURE = frozenset({LOST, "UnavailableError", "UNAVAILABLE"})
"""Outcomes after which a client sends the same request again."""


_BUGS = frozenset({"InternalError", "INTERNAL"})


@dataclass(eq=False)
class Person:
    """Somebody with an address, and what they were answered."""

    email: str
    tenant: str | None = None
    asked: bool = False
    """Whether a registration was sent, whatever came of it."""
    user_ids: set[str] = field(default_factory=set)
    verification_ids: list[str] = field(default_factory=list)
    """One for each registration that was answered with success."""
    guesses: list[list[int]] = field(default_factory=lambda: [[]])
    """For each code, the numbers of remaining attempts that wrong guesses were answered with."""
    exhausted: bool = False
    """Whether the newest code has no guesses left."""
    verified: bool = False
    deleted: bool = False
    token: str | None = None
    code: str | None = None
    link: str | None = None
    confirmed_at: float | None = None
    """When a subscriber's verification was answered with success."""
    told_at: float | None = None
    """When the subscriber was told of it."""
    reconnects: int = 0

    @property
    def registered(self) -> bool:
        """Whether a registration was answered with success."""
        return bool(self.verification_ids)

    @property
    def credentials(self) -> dict[str, str]:
        return {"email": self.email, "password": "secure_password"}

    def has_another_code(self) -> None:
        """Begins to count guesses anew, as a resend was sent, whatever comes of it."""
        self.guesses.append([])
        self.exhausted = False


@dataclass(frozen=True)
class LostRequest:
    operation: str
    began: float
    ended: float


@dataclass
class Ledger:
    """All people, and all answers by operation and outcome."""

    people: dict[str, Person] = field(default_factory=dict)
    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    times: dict[str, "array[float]"] = field(
        default_factory=lambda: defaultdict(lambda: array("d"))
    )
    """Seconds of each answer, by operation."""
    lost: list[LostRequest] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    """Answers that the request cannot have had."""
    bugs: list[str] = field(default_factory=list)
    """Answers by which the server says that it has a bug."""

    def new_person(self, kind: str, *, tenant: str | None = None) -> Person:
        email = f"{kind}{len(self.people)}@example.com"
        person = self.people[email] = Person(email, tenant)
        return person

    def give_up(self, person: Person, why: Exception, *, stopping: bool) -> None:
        """Counts a story that came to no end; those that the end of the load cut off are none."""
        if not stopping:
            self.strange.append(f"{person.email}: waited in vain for {why}")

    def record(
        self,
        operation: str,
        answer: Mapping[str, Any],
        expected: Collection[str],
        *,
        began: float,
        about: str,
    ) -> None:
        """Counts an answer that has just come to a request that began at `began`."""
        now, outcome = time.time(), answer["__typename"]
        self.outcomes[operation][outcome] += 1
        if outcome == LOST:
            self.lost.append(LostRequest(operation, began, now))
            return
        self.times[operation].append(now - began)
        if outcome in _BUGS or outcome.startswith("HTTP 5"):
            self.bugs.append(f"{operation} about {about}: {outcome} {answer.get('incidentId', '')}")
        elif outcome not in expected and outcome not in UNSURE:
            wanted = " or ".join(expected)
            self.strange.append(f"{operation} about {about}: {outcome} in place of {wanted}")

    def learn(self, person: Person, answer: Mapping[str, Any]) -> None:
        """Keeps what an answer says about a person."""
        match answer:
            case {"user": {"id": user_id}} | {"__typename": "found", "id": user_id}:
                person.user_ids.add(user_id)
        match answer:
            case {"__typename": "RegisterSuccess", "verification": {"id": verification_id}}:
                person.verification_ids.append(verification_id)
            case {"__typename": "InvalidOtpError", "attemptsRemaining": remaining}:
                person.guesses[-1].append(remaining)
            case {"__typename": "TooManyAttemptsError"}:
                person.exhausted = True
            case {"__typename": "VerifyEmailSuccess"}:
                person.verified = True
                if person.exhausted:
                    self.strange.append(f"{person.email}: verified with no guesses left")
