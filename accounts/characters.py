"""Characters that no text of a person may contain."""

import re

CONTROL_CHARACTERS = re.compile(
    # Control characters such as NUL, which PostgreSQL refuses.
    "[\x00-\x1f\x7f-\x9f"
    # Separators of lines and paragraphs.
    "\u2028\u2029"
    # Characters that change the direction of text (Unicode TR36 3.3). A name with one could rewrite
    # the line in which an operator reads it.
    "\u202a-\u202e\u2066-\u2069"
    # Lone surrogates, which are not text.
    "\ud800-\udfff]"
)
