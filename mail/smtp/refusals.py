"""Tells which answers of a mail server are final for a mail, and which may change with time.

A mail with a final answer is not sent again: whoever repeats refused mails for a day loses
reputation. RFC 5321, section 4.2.1, says of 5yz "SHOULD NOT repeat the exact request", and Postfix
returns such a mail at once. This module is asked about answers to RCPT and DATA only. A 5yz to the
greeting, AUTH or MAIL FROM speaks of the sender's configuration, and the mail is tried again.
"""

import re

_ENHANCED = re.compile(r"([245])\.(\d{1,3}\.\d{1,3})(?!\S)")
"""An enhanced status code at the start of an answer's text (RFC 2034, section 4)."""

_TEMPORARY = {
    # RFC 3463 calls these "persistent transient" failures, so the class 5 before them is an error.
    "2.2": "the mailbox is full",
    "3.1": "the mail system is full",
    "4.1": "no answer from the next host",
    "4.2": "a bad connection to the next host",
    "4.3": "a directory server failed",
    "4.5": "the mail system is congested",
    "4.6": "a routing loop",
    "4.7": "the delivery time expired",
    "5.3": "too many recipients",
    # They speak of the sender. Postfix checks the sender only at RCPT (smtpd_delay_reject).
    "1.7": "the sender's address is not well formed",
    "1.8": "the sender's domain is not known",
}
"""Subject and detail of the enhanced status codes that are tried again also with class 5.

All others with class 5 are final, also X.7.1: the server's policy forbids this mail. Greylisting
has class 4.
"""

_OF_THE_SESSION = {
    500: "the command was not understood",
    502: "the command is not implemented",
    503: "the commands came in a wrong order",
    530: "a login is required (RFC 4954)",
    534: "the login is too weak (RFC 4954)",
    535: "the login is not valid (RFC 4954)",
    538: "the login needs encryption (RFC 4954)",
}
"""Replies that speak of the session and not of the recipient: they are tried again."""

_EXCEEDED_STORAGE = 552
"""Without an enhanced status code it is tried again (RFC 5321, section 4.5.3.1.10)."""


def is_final(code: int, text: str) -> bool:
    """Whether this answer to RCPT or DATA means that the mail will never be taken."""
    if code // 100 != 5 or code in _OF_THE_SESSION:  # noqa: PLR2004 - the class of RFC 5321
        return False
    found = _ENHANCED.match(text)
    if found is None:
        return code != _EXCEEDED_STORAGE
    return found[1] != "4" and found[2] not in _TEMPORARY
