"""Statements: whole sentences and list items out of a stream of text, each with the footnotes that follow it."""

import re
from collections.abc import Iterable, Iterator

# "[1]", or "[1, 2]" as small models write it.
MARK = r"\[\d{1,3}(?:[ \t]*,[ \t]*\d{1,3})*\]"
FOOTNOTE = re.compile(rf"\s*{MARK}")
# A sentence or list item ends at its closing mark, with the footnotes that follow it, or at the line's end; in a stream
# not before it is known that no further footnote follows.
STATEMENT_END = re.compile(rf"(?:(?<=[.!?])[\"'”’)]*(?:\s*{MARK})*(?=\s)|\n)(?!\s*(?:{MARK}|(?:\[[\d, \t]*)?\Z))")
# What ends in a full stop and ends no sentence; the number of a list item is one.
ABBREVIATION = re.compile(
    r"(?:\A\s*\d{1,3}|\b(?:[a-z](?:\.[a-z])+|etc|vs|dr|mr|mrs|ms|prof|approx|bijv|enz|(?-i:No|Nr)))\.\Z", re.IGNORECASE
)
# Characters within which an end and the marks after it are told, once more arrive.
LOOK_BACK = 80


def statements(stream: Iterable[str]) -> Iterator[str]:
    """Whole sentences and list items of a stream, each with the footnotes that follow it."""
    waiting, seen = "", 0
    for text in stream:
        waiting += text
        while end := _end(waiting, seen):
            yield waiting[:end].strip()
            waiting, seen = waiting[end:], 0
        seen = max(0, len(waiting) - LOOK_BACK)
    if waiting.strip():
        yield waiting.strip()


def _end(text: str, seen: int) -> int | None:
    """Where the first statement ends; what stands before ``seen`` is known to end none."""
    for match in STATEMENT_END.finditer(text, seen):
        before = text[max(0, match.start() - LOOK_BACK) : match.start()]
        surely = match[0].strip("\"'”’)")  # a footnote or the line's end
        if before.strip() and (surely or not ABBREVIATION.search(before)):
            return match.end()
    return None
