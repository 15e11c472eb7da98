"""What the database holds after a soak, compared with what its clients were answered."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from harness.database import rows

from accounts.keyring import Keyring
from soak.checks import Check
from soak.ledger import Ledger, Person

_MOST_GUESSES = 5

_ORPHANS = {
    "verification": "SELECT v.id FROM email_verifications v LEFT JOIN users u ON u.id = v.user_id "
    "WHERE v.user_id IS NOT NULL AND u.id IS NULL",
    "session": "SELECT s.id FROM sessions s LEFT JOIN users u ON u.id = s.user_id "
    "WHERE u.id IS NULL",
    "mail": "SELECT m.id FROM outgoing_mails m "
    "LEFT JOIN email_verifications v ON v.id = m.verification_id "
    "LEFT JOIN users u ON u.id = v.user_id "
    "WHERE v.id IS NULL OR (m.state <> 'decoy' AND u.email IS DISTINCT FROM m.recipient)",
    "unverified user without a verification": "SELECT u.id FROM users u "
    "LEFT JOIN email_verifications v ON v.id = u.verification_id AND v.user_id = u.id "
    "WHERE NOT u.is_verified AND v.id IS NULL",
    "verification without one mail": "SELECT v.id FROM email_verifications v "
    "LEFT JOIN outgoing_mails m ON m.verification_id = v.id GROUP BY v.id HAVING count(m.id) <> 1",
}
"""Rows that miss the row that they belong to. Decoys belong to nobody."""


class Database:
    """The rows of a database, and the checks of them."""

    def __init__(self, url: str, ledger: Ledger, *, secret_key: str) -> None:
        self._url = url
        self._keys = Keyring([secret_key])
        self._ledger = ledger
        self._users = {row["email"]: row for row in rows(url, "SELECT * FROM users")}
        self._verifications = {
            str(row["id"]): row for row in rows(url, "SELECT * FROM email_verifications")
        }
        self._mails: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows(url, "SELECT * FROM outgoing_mails"):
            self._mails[str(row["verification_id"])].append(row)
        self._sessions = {row["user_id"] for row in rows(url, "SELECT user_id FROM sessions")}

    def checks(self) -> Iterator[Check]:
        people = list(self._ledger.people.values())
        kept = [person for person in people if not person.deleted]
        yield self._check(
            "who was told to be registered has a user, a verification and a mail",
            [person for person in kept if person.registered],
            self._whole,
        )
        yield self._check(
            "who was told to be verified is",
            [each for each in kept if each.verified],
            self._verified,
        )
        yield self._check(
            "all answers about an address name one user and one registration",
            [person for person in people if person.user_ids],
            self._one,
        )
        yield self._strangers(kept)
        yield self._orphans()
        yield self._check(
            "a deleted user has no session, no verification and no mail",
            [person for person in people if person.deleted],
            self._gone,
        )
        yield self._guesses(people)
        yield from self._audited()

    def _check(self, what: str, people: list[Person], holds: Any) -> Check:
        return Check(what, len(people), [each.email for each in people if not holds(each)])

    def _whole(self, person: Person) -> bool:
        user = self._users.get(person.email)
        proofs = [self._verifications.get(each) for each in person.verification_ids]
        mails = [mail for each in person.verification_ids for mail in self._mails[each]]
        return (
            user is not None
            and all(proof and proof["user_id"] == user["id"] for proof in proofs)
            and [mail["recipient"] for mail in mails] == [person.email]
        )

    def _verified(self, person: Person) -> bool:
        return person.email in self._users and self._users[person.email]["is_verified"]

    def _one(self, person: Person) -> bool:
        user = self._users.get(person.email)
        stored = set() if user is None else {str(user["id"])}
        return len(person.user_ids | stored) == 1 and len(person.verification_ids) <= 1

    def _gone(self, person: Person) -> bool:
        proofs = {str(row["user_id"]) for row in self._verifications.values()}
        mails = {mail["recipient"] for each in self._mails.values() for mail in each}
        held = proofs | {str(user_id) for user_id in self._sessions}
        return person.email not in {*self._users, *mails} and not person.user_ids & held

    def _strangers(self, kept: list[Person]) -> Check:
        asked = {person.email for person in kept if person.asked}
        unasked = sorted(self._users.keys() - asked)
        return Check("every user has asked for it", len(self._users), unasked)

    def _orphans(self) -> Check:
        broken = [
            f"{what}: {row['id']}"
            for what, statement in _ORPHANS.items()
            for row in rows(self._url, statement)
        ]
        mails = sum(map(len, self._mails.values()))
        count = len(self._users) + len(self._verifications) + len(self._sessions) + mails
        return Check("no row is without the row that it belongs to", count, broken)

    def _guesses(self, people: list[Person]) -> Check:
        codes = [(person, told) for person in people for told in person.guesses if told]
        broken = [
            f"{person.email}: {told}"
            for person, told in codes
            if len(told) > _MOST_GUESSES or len(told) != len(set(told))
        ]
        return Check("a code was guessed five times at most, each counted once", len(codes), broken)

    def _audited(self) -> Iterator[Check]:
        entries = rows(self._url, "SELECT action, subject_hash FROM audit_entries")
        counted = Counter((entry["action"], entry["subject_hash"]) for entry in entries)
        verified = [user for user in self._users.values() if user["is_verified"]]
        for action, users in (("registered", self._users.values()), ("verified", verified)):
            broken = [
                user["email"]
                for user in users
                if counted[action, self._keys.address_hash(user["email"])] != 1
            ]
            yield Check(f"the audit has one entry `{action}` for each", len(users), broken)
