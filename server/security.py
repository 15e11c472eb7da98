"""Headers that tell a browser what an answer may do."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


_POLICY = b"content-security-policy"
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_NO_PAGE = ((_POLICY, NOTHING.encode()),)


class SecurityHeaders:
    """Adds the headers to every answer; one that brings its own policy keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                # Most answers are no page, and have none.
                policy = () if _POLICY in dict(headers) else _NO_PAGE
                message["headers"] = [*headers, *_ALWAYS, *policy]
            await send(message)

        await self._app(scope, receive, send_with_headers)
