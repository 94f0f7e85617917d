"""Flow: an HTML tree as Markdown that says exactly what the page shows: block structure is marked, inline style is not.

So a quotation is the page's own words. Pictures, captions and controls are left out.
"""

import re
from collections.abc import Iterator
from typing import Any

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = ("ul", "ol", "menu", "dir")
BLOCKS = {
    *HEADINGS, *LISTS, "p", "div", "section", "article", "main", "aside", "header", "footer", "nav", "blockquote",
    "pre", "table", "dl", "dt", "dd", "li", "figure", "address", "details", "summary", "fieldset", "hr", "body", "html",
    "center", "hgroup", "search", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "figcaption",
}  # fmt: skip
LEFT_OUT = {"figcaption", "caption", "img", "picture", "source", "hr", "nav", "link", "meta", "title", "wbr"}
# What ``knowledge.plain`` would read as a mark; code that has any is put between back-ticks.
MARKS = re.compile(r"[<>*_\[\]|]")


def markdown(root: Any) -> str:
    """The tree as Markdown, a blank line between blocks."""
    return "\n\n".join(_blocks(root))


def _blocks(element: Any) -> Iterator[str]:
    """Each block below ``element``; stretches of text between them are paragraphs."""
    stretch: list[str] = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str) or child.tag in LEFT_OUT:
            pass
        elif child.tag in BLOCKS or _holds_blocks(child):
            yield from _paragraphs(stretch)
            stretch = []
            yield from _block(child)
        else:
            stretch.append(_inline(child))
        stretch.append(child.tail or "")
    yield from _paragraphs(stretch)


def _block(element: Any) -> Iterator[str]:
    tag = element.tag
    if tag in HEADINGS:
        if words := " ".join(_inline(element).split()):
            yield f"{'#' * HEADINGS[tag]} {words}"
    elif tag in LISTS:
        yield from filter(None, ["\n".join(_items(element))])
    elif tag == "dl":
        yield from filter(None, ["\n".join(_terms(element))])
    elif tag == "pre":
        if (code := "".join(element.itertext()).strip("\n")).strip():
            fence = "````" if "```" in code else "```"
            yield f"{fence}\n{code}\n{fence}"
    elif tag == "blockquote":
        yield from ("\n".join(f"> {line}" for line in block.split("\n")) for block in _blocks(element))
    elif tag == "table" and (rows := list(_rows(element))):
        yield "\n".join(rows)
    elif tag == "table":
        for cell in element.iter("td", "th"):
            if next(cell.iterancestors("table")) is element:  # those of a table within come with their cell
                yield from _blocks(cell)
    else:
        yield from _blocks(element)


def _items(element: Any, indent: str = "") -> Iterator[str]:
    """Lines of a list; what is nested in an item stands below it, set in."""
    number = 0
    for item in element:
        if item.tag in LISTS:  # not allowed, but seen
            yield from _items(item, indent + "  ")
        if item.tag != "li":
            continue
        number += 1
        mark = f"{number}. " if element.tag == "ol" else "- "
        inner = indent + " " * len(mark)
        blocks = list(_blocks(_without_lists(item)))
        lines = [line for block in blocks for line in block.split("\n")]
        if lines:
            yield f"{indent}{mark}{lines[0].lstrip('# ')}"
            yield from (f"{inner}{line}" for line in lines[1:])
        for nested in item.iterdescendants(*LISTS):
            if next(nested.iterancestors("li")) is item:
                yield from _items(nested, inner if lines else indent)


def _without_lists(item: Any) -> Any:
    from copy import deepcopy

    from ingest.readers.hidden import drop

    copy = deepcopy(item)
    copy.tail = None
    for nested in list(copy.iterdescendants(*LISTS)):
        drop(nested)
    return copy


def _terms(element: Any) -> Iterator[str]:
    """A definition list: each term with its explanation is one item."""
    for part in element.iter("dt", "dd"):
        words = " ".join(" ".join(_blocks(part)).split())
        if words:
            yield f"- {words}" if part.tag == "dt" else f"  {words}"


def _rows(table: Any) -> Iterator[str]:
    """A table of data as Markdown; nothing for one that is there for the layout."""
    if any(True for _ in table.iterdescendants("table")):
        return
    rows = [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if any(row)]
    width = max(map(len, rows), default=0)
    if width < 2 or len(rows) < 2:
        return
    for place, row in enumerate(rows):
        yield "| " + " | ".join(row + [""] * (width - len(row))) + " |"
        if place == 0:
            yield "|" + " --- |" * width


def _cell(cell: Any) -> str:
    return " ".join(" ".join(_blocks(cell)).split()).replace("|", "/")


def _holds_blocks(element: Any) -> bool:
    return any(isinstance(inner.tag, str) and inner.tag in BLOCKS for inner in element.iterdescendants())


def _paragraphs(stretch: list[str]) -> Iterator[str]:
    """Folded white space; a line break stays, two of them part paragraphs."""
    for paragraph in re.split(r"\v[ \t\n\r\f]*\v", "".join(stretch)):
        lines = [" ".join(line.split()) for line in paragraph.split("\v")]
        if shown := "\n".join(line for line in lines if line):
            yield shown


def _inline(element: Any) -> str:
    """Text of an element within a line; a break is a vertical tab for now."""
    if not isinstance(element.tag, str) or element.tag in LEFT_OUT:
        return ""
    if element.tag == "br":
        return "\v"
    text = (element.text or "") + "".join(_inline(child) + (child.tail or "") for child in element)
    if element.tag in ("code", "kbd", "samp") and MARKS.search(text) and "`" not in text:
        return f"`{text}`"
    return text
