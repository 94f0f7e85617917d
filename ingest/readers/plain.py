"""Plain text whose structure is not marked: headings, lists and paragraphs told by their shape."""

import re
from collections.abc import Iterator

from ingest.cleaning import BULLET
from knowledge.article import Block

# "Privacy — data stays at home": a term, a dash, what it means.
TERM = re.compile(r"^\s*[^\W_][^.!?:—–]{0,60}? [—–-] \S")
HEADING_LENGTH = 80
HEADING_WORDS = 12


def blocks(text: str) -> list[Block]:
    """Blocks of ``text`` in order; the first heading is the title and above no other."""
    found: list[Block] = []
    path: tuple[str, ...] = ()
    groups = list(_groups(text))
    for place, (start, end, is_item) in enumerate(groups):
        stretch = text[start:end]
        if is_item:
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


def _groups(text: str) -> Iterator[tuple[int, int, bool]]:
    """Spans of paragraphs, and of list items with the lines that continue them; is it an item?"""
    lines = text.split("\n")
    start = end = None
    is_item = False
    at = 0
    for number, line in enumerate(lines):
        blank, begins = not line.strip(), bool(BULLET.match(line)) or _explains(lines, number)
        if start is not None and end is not None and (blank or begins):
            yield start, end, is_item
            start = None
        if not blank:
            is_item = begins if start is None else is_item
            start = at + len(line) - len(line.lstrip()) if start is None else start
            end = at + len(line.rstrip())
        at += len(line) + 1
    if start is not None and end is not None:
        yield start, end, is_item


def _explains(lines: list[str], at: int) -> bool:
    """Is it one of several lines, one under the other, that each explain a term?"""
    around = [lines[near] for near in (at - 1, at + 1) if 0 <= near < len(lines)]
    return bool(TERM.match(lines[at])) and any(TERM.match(line) for line in around)
