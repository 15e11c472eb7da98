"""Decoy hashes: logins with unknown addresses verify one, and take as long as with known ones.

Accounts that were imported, or made before a change of the Argon2 settings, have hashes whose
verification takes a different time than current ones. If all unknown addresses took the current
time, a wrong password would reveal such accounts. So each unknown address costs the same kind of
hash each time, and kinds are as frequent among unknown addresses as among accounts.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from accounts.hashing import formats
from models.sql.database import fetch

_STARTS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PER_START = 28
"""Hashes read per start, about 1,000 in all: a kind that 1 in 1,000 accounts has is more likely
seen than not."""


class Decoys:
    """One example hash for each kind in use, and how frequent the kind is."""

    def __init__(self, current: str) -> None:
        """`current` is a hash with the current settings, and the only kind at first."""
        self._current = current
        self._hashes, self._ends = [current], [1.0]

    def of(self, address_hash: str) -> str:
        """The decoy hash of an unknown address. `address_hash` is its keyed hash in hexadecimal."""
        share = int(address_hash[:8] or "0", 16) / 2**32
        return self._hashes[min(bisect_right(self._ends, share), len(self._hashes) - 1)]

    def adopt_kinds(self, hashes: Sequence[str]) -> None:
        """Adopts the kinds and shares of a sample of hashes. An empty sample changes nothing."""
        known = [found for found in map(formats.read, hashes) if found is not None]
        counts = Counter(one.kind for one in known)
        if not counts:
            return
        current = formats.read(self._current)
        examples = {one.kind: one for one in known}
        # The current kind comes first. Its share grows as logins replace other hashes, so unknown
        # addresses change to it just as accounts do, and none changes back.
        kinds = sorted(counts, key=lambda kind: (current is None or kind != current.kind, kind))
        self._hashes = [examples[kind].decoy() for kind in kinds]
        self._ends = [end / len(known) for end in accumulate(counts[kind] for kind in kinds)]


async def sample() -> list[str]:
    """About 1,000 hashes that are in use, read in one statement along the index of addresses.

    The sample is the same as long as no account comes or goes: the cost of an unknown address must
    not change from hour to hour. Unlike an id, an address is unrelated to the age of a hash. Salts
    make all hashes differ, so UNION drops only rows that two starts have read.
    """
    parts = [
        f"SELECT * FROM (SELECT password_hash FROM users WHERE email >= '{start}' "  # noqa: S608 - characters from above
        f"ORDER BY email LIMIT {_PER_START}) AS from_{start}"
        for start in _STARTS
    ]
    return [str(row["password_hash"]) for row in await fetch(" UNION ".join(parts))]
