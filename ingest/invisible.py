"""Invisible characters: tags, direction overrides and zero widths, which carry text that nobody sees into an index.

Joiners stay where a script or an emoji needs them, one variation selector stays behind a character.
"""

import re

ALWAYS = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb"
)
TAGS = "\U000e0000-\U000e0fff"
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
JOINED = "\u0600-\u0dff\u2190-\u2bff\U0001f000-\U0001faff\ufe0f"
REMOVED = re.compile(f"[{ALWAYS}{TAGS}{CONTROLS}]|(?<![{JOINED}])[\u200c\u200d]")
SELECTORS = re.compile("([\ufe00-\ufe0f])[\ufe00-\ufe0f]+")


def removed(text: str) -> str:
    """``text`` without them."""
    return SELECTORS.sub(r"\1", REMOVED.sub("", text))
