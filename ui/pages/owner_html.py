"""The owner's pages as HTML: sections, named values, tables, the page around them. Pure; everything is escaped."""

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from ui.pages.safe import INVISIBLE

Rows = Iterable[Iterable[object]]


def section(title: str, body: str) -> str:
    """A part of the page."""
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def fields(shown: Mapping[str, object]) -> str:
    """Named values; what holds further ones as JSON."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{_value(value)}</dd>" for name, value in shown.items())
    return f"<dl>{rows}</dl>"


def table(head: Sequence[str], rows: Rows) -> str:
    """Rows of cells under their names."""
    cells = ("".join(f"<td>{escape(str(cell))}</td>" for cell in row) for row in rows)
    return framed(head, "".join(f"<tr>{row}</tr>" for row in cells))


def framed(head: Sequence[str], rows: str) -> str:
    """A table around rows that are HTML already; a word where there are none."""
    if not rows:
        return "<p>None.</p>"
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    return f'<div class="wide" tabindex="0"><table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table></div>'


def document(title: str, body: str, root: str = "") -> str:
    """The whole page; ``root`` leads from it to the chat page."""
    shown = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{root}footnote/owner.css"></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    return INVISIBLE.sub("", shown)


def _value(value: object) -> str:
    if isinstance(value, Mapping | list):
        return f"<pre>{escape(json.dumps(value, indent=2, ensure_ascii=False, default=str))}</pre>"
    return escape(str(value))
