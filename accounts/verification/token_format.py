"""Checks that a text can be a token: one from a mailed link, or one that `register` gave."""

import re

from accounts.problems import InvalidInput, InvalidTokenFormat

# 16 bytes of an id and 32 of a proof (accounts.keyring, accounts.verification.issue).
_TOKEN = re.compile("[A-Za-z0-9_-]{64}")
_PART_OF_A_LINK = InvalidTokenFormat()


def read_token(
    typed: str, *, otherwise: InvalidTokenFormat = _PART_OF_A_LINK
) -> str | InvalidInput:
    """The token without the spaces around it, or `otherwise` if the text cannot be a token.

    Such a text is no attempt, so nothing is counted or looked up for it.
    """
    token = typed.strip()
    return token if _TOKEN.fullmatch(token) else InvalidInput((otherwise,))
