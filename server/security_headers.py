"""Headers that tell a browser what an answer may do."""

_COMMON = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

NOTHING = f"default-src 'none'; {_COMMON}"
"""For answers that are no page."""

PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    f"img-src 'self' data:; frame-src 'self'; {_COMMON}"
)
"""For this server's pages: their own scripts and styles, nothing inline, nothing from elsewhere."""

EXPLORER = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; "
    f"font-src 'self' data:; img-src 'self' data:; connect-src 'self'; {_COMMON}"
)
"""For GraphiQL, whose editor (Monaco) writes styles into the page."""

MAIL = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)
"""For a mail in the development mailbox: styled inline as mails are, and otherwise dead.

Without scripts and forms, its origin only lets the mailbox measure how high it is.
"""

POLICY = b"content-security-policy"
ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
NO_PAGE = ((POLICY, NOTHING.encode()),)
"""For an answer that brings no policy of its own."""
