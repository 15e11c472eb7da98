"""Security headers, which restrict what a browser lets an answer do."""

_COMMON = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

NOTHING = f"default-src 'none'; {_COMMON}"
"""For answers that are not pages."""

PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    f"img-src 'self' data:; frame-src 'self'; {_COMMON}"
)
"""For this server's pages: only scripts and styles of the same origin, none inline."""

EXPLORER = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; "
    f"font-src 'self' data:; img-src 'self' data:; connect-src 'self'; {_COMMON}"
)
"""For GraphiQL, whose editor (Monaco) needs inline styles."""

IMAGE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For the logo: an SVG may have styles, but no scripts, also if it is opened by itself."""

MAIL = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)
"""For a mail in the development mailbox: inline styles, but no scripts and no forms.

`allow-same-origin` lets the mailbox measure the height of the mail.
"""

POLICY = b"content-security-policy"
ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
NO_PAGE = ((POLICY, NOTHING.encode()),)
"""For answers without a policy of their own."""
