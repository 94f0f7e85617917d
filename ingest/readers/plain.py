"""Plain text whose structure is not marked: headings, lists and paragraphs told by their shape."""

import re
from collections.abc import Iterator

from ingest.cleaning import BULLET
from knowledge.article import Block

HEADING_LENGTH = 80
HEADING_WORDS = 12


def blocks(text: str) -> list[Block]:
    """Blocks of ``text`` in order; the first heading is the title and above no other."""
    found: list[Block] = []
    path: tuple[str, ...] = ()
    groups = list(_groups(text))
    for place, (start, end) in enumerate(groups):
        stretch = text[start:end]
        if BULLET.match(stretch):
            found.append(Block("item", start, end, path))
        elif is_heading(stretch) and (place == 0 or place + 1 < len(groups)):
            path = (" ".join(stretch.split()),)
            found.append(Block("heading", start, end, path))
        else:
            found.append(Block("paragraph", start, end, path))
    return found


def is_heading(line: str) -> bool:
    """One short line that starts like a sentence and does not end like one, unless it asks."""
    words = line.split()
    return (
        "\n" not in line
        and len(line) <= HEADING_LENGTH
        and len(words) <= HEADING_WORDS
        and (line[0].isupper() or line[0].isdigit())
        and not re.search(r"[.!:;,]$", line)
    )


def _groups(text: str) -> Iterator[tuple[int, int]]:
    """Spans of paragraphs, and of list items with the lines that continue them."""
    start = end = None
    at = 0
    for line in text.split("\n"):
        blank, bullet = not line.strip(), bool(BULLET.match(line))
        if start is not None and end is not None and (blank or bullet):
            yield start, end
            start = None
        if not blank:
            start = at + len(line) - len(line.lstrip()) if start is None else start
            end = at + len(line.rstrip())
        at += len(line) + 1
    if start is not None and end is not None:
        yield start, end
