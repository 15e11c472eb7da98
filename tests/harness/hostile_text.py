"""Text as an attacker types it, for every field of the API."""

from collections.abc import Callable
from itertools import count

import hypothesis
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

EXAMPLES = 100
"""For each field, on each database; those in NASTY come on top."""

NUMBERS = count()

NASTY = [
    "\0",
    "a\0b",
    "\ud800",
    "\udfff\ud800",
    "\u202eadmin\u202c",
    "\u2066\u2069\u200f\u200b",
    "\u2028\u2029\x85\x0b\x0c\x1b[31m",
    "x\r\nBcc: eve@evil.example\r\n\r\nHello",
    "x\nBcc: eve@evil.example",
    "\x85Bcc: eve@evil.example",
    "x%0d%0aBcc: eve@evil.example",
    "eve@evil.example, ada",
    "<eve@evil.example>",
    "👩‍👩‍👧‍👦",
    "\ufeff\ufffe\uffff\U0010ffff",
    "e\u0301" * 40,
    "\u0301" * 100,
    "İ",
    "ﷺ" * 20,
    "' OR 1=1; --",
    '"; DROP TABLE users; --',
    "{{ 7 * 7 }}{% raw %}<script>alert(1)</script>",
    "../../etc/passwd",
    "$1 %s {0} ?1",
    "a" * 1_100,
    "é" * 10_000,
    "x" * 100_000,
]

texts = (
    st.sampled_from(NASTY)
    | st.text(st.characters(), max_size=40)
    | st.lists(st.sampled_from(NASTY[:-2]) | st.text(max_size=5), max_size=4).map("".join)
)
letters = st.text(st.characters(categories=["L", "M", "N", "S"]), min_size=1, max_size=70)
locals_ = texts | letters | st.sampled_from(["ada+x", "a" * 64, "o'brien", "\u0430da", "a..b"])
domains = st.sampled_from(["example.com", "bücher.example", "[127.0.0.1]", "xn--a.example"])
hosts = domains | st.builds("{}.example".format, texts | letters)
addresses = (
    texts
    | st.builds("{}@{}".format, locals_, hosts)
    | st.builds("{}@{}".format, letters, domains)
    | st.builds("{}@{}.example".format, st.just("ada"), letters)
)
ids = texts | st.uuids().map(str)
roles = texts | st.sampled_from([" CUSTOMER\u00a0", "admin", "ﬁ"])

HOSTILE: dict[str, dict[str, st.SearchStrategy[str]]] = {
    "register": {
        "email": addresses,
        "password": texts,
        "name": texts,
        "role": roles,
        "tenant": ids,
        "invitedBy": addresses,
    },
    "verifyEmail": {"email": addresses, "otp": texts},
    "verifyEmailByLink": {"token": texts},
    "resendVerification": {"email": addresses},
    "login": {"email": addresses, "password": texts},
    "registrationPolicy": {"tenant": ids},
    "verificationStatus": {"id": ids},
}
USUAL = {
    "password": "secure_password",
    "name": "Ada",
    "invitedBy": "grace@example.com",
    "otp": "000000",
}


def tried(operation: str, field: str, check: Callable[[dict[str, str]], None]) -> None:
    """Checks inputs as people fill them in, but for one field; the same ones each time."""

    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(HOSTILE[operation][field])
    def run(text: str) -> None:
        usual = {**USUAL, "email": f"person{next(NUMBERS)}@example.com"}
        check({name: usual[name] for name in HOSTILE[operation] if name in usual} | {field: text})

    for text in NASTY:
        run = hypothesis.example(text)(run)
    run()
