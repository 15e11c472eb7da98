"""The layout of a file of breached passwords (docs/decisions/0023-file-of-breached-passwords.md).

A header, an index, and an entry for each hash. A hash is kept by its first 52 bits: 20 bits say in
which bucket its entry is, and the entry has the other 32. Entries are sorted. The index has, for
each bucket, the number of entries before it. All numbers have their highest byte first.
"""

import struct

MAGIC = b"connectx breached passwords 1\n"
HEADER = struct.Struct(f">{len(MAGIC)}sQQ18x")
"""The magic, the number of hashes, and the time of the list in seconds since 1970."""

BUCKETS = 1 << 20
"""As many as Have I Been Pwned has prefixes. With its 900 million hashes, a bucket is one page."""

PREFIX_DIGITS = 5
"""Hexadecimal digits of a hash that name its bucket."""

ENTRY = 4
"""Bytes of an entry, and of a number in the index."""

MAX_COUNT = (1 << (8 * ENTRY)) - 1
INDEX_SIZE = (BUCKETS + 1) * ENTRY
ENTRIES_AT = HEADER.size + INDEX_SIZE


def file_size(count: int) -> int:
    """The bytes of a file with so many hashes."""
    return ENTRIES_AT + count * ENTRY


def bucket_and_entry(digest: bytes) -> tuple[int, int]:
    """The number of the bucket of a SHA-1 hash, and the number that is its entry."""
    kept = int.from_bytes(digest[:7]) >> 4
    return kept >> 32, kept & MAX_COUNT
