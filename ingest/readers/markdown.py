"""Markdown: CommonMark with tables, parsed by markdown-it-py into blocks with offsets."""

from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.article import Block, BlockKind, trimmed

KINDS: dict[str, BlockKind] = {
    "paragraph_open": "paragraph",
    "heading_open": "paragraph",  # in a list or a quotation, where it is above nothing
    "table_open": "table",
    "fence": "code",
    "code_block": "code",
    "html_block": "paragraph",
}


def blocks(text: str) -> list[Block]:
    """Blocks of ``text`` in order. An item ends where a list nested in it begins."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    found: list[Block] = []
    path: list[tuple[int, str]] = []
    for kind, level, first, last, title in _spans(_parser().parse(text)):
        if kind == "heading":
            path = [above for above in path if above[0] < level] + [(level, title)]
        start, end = trimmed(text, starts[first], starts[last] - 1)
        if start < end:
            found.append(Block(kind, start, end, tuple(name for _, name in path)))
    return found


def _spans(tokens: list[Token]) -> Iterator[tuple[BlockKind, int, int, int, str]]:
    """``(kind, heading level, first line, last line + 1, heading)`` of every block."""
    items: list[int] = []  # where the own text of each open item ends
    quotes = 0
    for at, token in enumerate(tokens):
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "list_item_close":
            items.pop()
        if token.map is None:
            continue
        first, last = token.map
        if token.type == "heading_open" and token.level == 0:
            yield "heading", int(token.tag[1]), first, last, " ".join(tokens[at + 1].content.split())
        elif token.type == "list_item_open":
            items.append(_own_end(tokens, at, last))
            yield "item", 0, first, items[-1], ""
        elif token.type in KINDS and (not items or first >= items[-1]):
            kind = KINDS[token.type]
            yield ("quote" if quotes and kind == "paragraph" else kind), 0, first, last, ""


def _own_end(tokens: list[Token], at: int, last: int) -> int:
    """The line where an item's own text ends: at the first list nested in it."""
    for token in tokens[at + 1 :]:
        if token.type == "list_item_close" and token.level == tokens[at].level:
            break
        if token.type in ("bullet_list_open", "ordered_list_open") and token.map:
            return token.map[0]
    return last


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")
