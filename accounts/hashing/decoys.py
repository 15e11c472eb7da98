"""Hashes for unknown addresses to be verified against, so that they take as long as known ones.

Accounts that were imported, or made before a change of the Argon2 settings, have hashes that take
another time than today's. If unknown addresses all took today's time, a wrong password would tell
such an account from nobody. So each unknown address always costs a hash of one kind, and the kinds
are as frequent among unknown addresses as they are among accounts.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from accounts.hashing import formats
from models.sql.database import fetch

_STARTS = "0123456789abcdefghijklmnopqrstuvwxyz"
_EACH = 28
"""Hashes read from each start: some 1,000 in all, so a kind that one account in 1,000 has is seen
more often than not."""


class Decoys:
    """One hash for each kind that is in use, and how frequent it is."""

    def __init__(self, today: str) -> None:
        """`today` is a hash as the server makes them, and all that there is at first."""
        self._today = today
        self._hashes, self._ends = [today], [1.0]

    def of(self, stranger: str) -> str:
        """The hash that an unknown address costs, by a keyed hash of it in hexadecimal."""
        share = int(stranger[:8] or "0", 16) / 2**32
        return self._hashes[min(bisect_right(self._ends, share), len(self._hashes) - 1)]

    def imitate(self, hashes: Sequence[str]) -> None:
        """Takes over the kinds of a sample of hashes, and their shares; none changes nothing."""
        known = [found for found in map(formats.read, hashes) if found is not None]
        counts = Counter(one.kind for one in known)
        if not counts:
            return
        today = formats.read(self._today)
        examples = {one.kind: one for one in known}
        # Today's first: as people log in its share grows, and unknown addresses go over to it as
        # those of people do, and none goes back.
        kinds = sorted(counts, key=lambda kind: (today is None or kind != today.kind, kind))
        self._hashes = [examples[kind].decoy() for kind in kinds]
        self._ends = [end / len(known) for end in accumulate(counts[kind] for kind in kinds)]


async def sample() -> list[str]:
    """About 1,000 hashes that are in use, in one statement along the index of addresses.

    The same ones each time, as long as nobody comes and goes: what an unknown address costs must
    not change from hour to hour. Addresses say nothing of how old a hash is, unlike ids. Salts make
    hashes differ, so that UNION drops only what was read from two starts.
    """
    parts = [
        f"SELECT * FROM (SELECT password_hash FROM users WHERE email >= '{start}' "  # noqa: S608 - characters from above
        f"ORDER BY email LIMIT {_EACH}) AS from_{start}"
        for start in _STARTS
    ]
    return [str(row["password_hash"]) for row in await fetch(" UNION ".join(parts))]
