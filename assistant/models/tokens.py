"""Tokens of a text without its model's vocabulary: an estimate that is rather too high than too low.

English has about 4.2 bytes a token in today's vocabularies, Dutch and German 3.3 to 3.7, and a character of Chinese or
Arabic, two or three bytes in UTF-8, seldom is more than one token. So three bytes a token leave room in all of them.
"""

import math

BYTES_PER_TOKEN = 3
# No running text has more bytes a token than these.
MOST_BYTES_PER_TOKEN = 6


def tokens(text: str) -> int:
    """At most so many tokens, for any vocabulary we know of."""
    return math.ceil(len(text.encode()) / BYTES_PER_TOKEN)


def surely_more(text: str, read: int) -> bool:
    """Has ``text`` more than ``read`` tokens in every vocabulary?"""
    return len(text.encode()) > read * MOST_BYTES_PER_TOKEN
