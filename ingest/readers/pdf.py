"""PDF: its text layer by PDFium, lines told apart by their place and size. A scan without a text layer is told as such.

Text that is not drawn (render mode 3), drawn in white or smaller than anybody reads does not come along.
"""

import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.readers import markdown
from ingest.readers.draft import Draft
from ingest.rejection import Rejected

MOST_PAGES = 500
# A heading is this much larger than the text, and short.
LARGER = 1.15
HEADING_LENGTH = 120
# Lines further apart than this many line heights are paragraphs of their own.
GAP = 1.6
SMALLEST = 3.0
INVISIBLE_MODE = 3
WHITE = 250

BULLET = re.compile(r"^[•▪●◦‣·–*-]\s+")
NUMBERED = re.compile(r"^\d{1,3}[.)]\s+")
# PDFium's mark for the hyphen of a word that goes on in the next line.
HYPHEN = "\ufffe"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; ``top`` and ``size`` in points, top counted from the page's foot."""

    text: str
    size: float
    top: float


def draft(data: bytes) -> Draft:
    """The document as a draft.

    Raises:
        Rejected: no PDF, encrypted, too many pages, or without a text layer.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Rejected("it is locked by a password" if locked else f"no PDF that can be read ({error})") from error
    if len(document) > MOST_PAGES:
        raise Rejected(f"{len(document):,} pages; at most {MOST_PAGES} are read. Split it")
    pages = [list(_lines(document[number])) for number in range(len(document))]
    text = "\n\n".join(_paragraphs(pages))
    if not text.strip():
        raise Rejected("no text layer: a scan has to go through text recognition (OCR) first")
    return Draft(text, markdown.blocks, _fields(document.get_metadata_dict()))


def _fields(said: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"title": said.get("Title", "").strip(), "author": said.get("Author", "").strip()}
    for name, field in (("CreationDate", "created"), ("ModDate", "updated")):
        if day := re.match(r"D:(\d{4})(\d\d)(\d\d)", said.get(name, "")):
            found[field] = "-".join(day.groups())
    return {field: value for field, value in found.items() if value}


def _lines(page: Any) -> Iterator[Line]:
    """The page's visible lines, from PDFium's reading order."""
    from pypdfium2 import raw

    shown = page.get_textpage()
    text, sizes, tops = "", list[float](), list[float]()
    for at in range(shown.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(shown, at))
        if character in "\r\n":
            if text.strip():
                yield _line(text, sizes, tops)
            text, sizes, tops = "", [], []
        elif character.isspace() or _visible(raw, shown, at):
            text += HYPHEN if character in "\x02\ufffe" else character
            if not character.isspace():
                _, _, _, top = shown.get_charbox(at)
                sizes.append(raw.FPDFText_GetFontSize(shown, at) * _scale(raw, shown, at))
                tops.append(top)
    if text.strip():
        yield _line(text, sizes, tops)


def _line(text: str, sizes: list[float], tops: list[float]) -> Line:
    """Of its characters' sizes the median, of their tops the highest."""
    return Line(" ".join(text.split()), statistics.median(sizes), max(tops))


def _scale(raw: Any, shown: Any, at: int) -> float:
    """Fonts of size 1 are common, drawn large by their matrix."""
    import ctypes

    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(shown, at, ctypes.byref(matrix)):
        return float((matrix.c**2 + matrix.d**2) ** 0.5) or 1.0
    return 1.0


def _visible(raw: Any, shown: Any, at: int) -> bool:
    import ctypes

    drawn = raw.FPDFText_GetTextObject(shown, at)
    if drawn and raw.FPDFTextObj_GetTextRenderMode(drawn) == INVISIBLE_MODE:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if raw.FPDFText_GetFillColor(shown, at, red, green, blue, alpha) and (
        alpha.value == 0 or min(red.value, green.value, blue.value) >= WHITE
    ):
        return False
    return bool(raw.FPDFText_GetFontSize(shown, at) * _scale(raw, shown, at) >= SMALLEST)


def _paragraphs(pages: list[list[Line]]) -> Iterator[str]:
    """Headings, paragraphs and lists in order; a paragraph ends with its page."""
    lines = [line for page in pages for line in page]
    usual = statistics.median([line.size for line in lines for _ in line.text]) if lines else 0.0
    for page in pages:
        block: list[str] = []
        before: Line | None = None
        for line in page:
            heading = line.size > LARGER * usual and len(line.text) <= HEADING_LENGTH
            item = bool(BULLET.match(line.text) or NUMBERED.match(line.text))
            far = before is not None and abs(before.top - line.top) > GAP * max(line.size, 1.0)
            if block and (heading or far or (item and not _is_item(block[-1]) and not _in_list(block))):
                yield _joined(block)
                block = []
            if heading:
                yield f"# {line.text}" if line.size > 1.5 * usual else f"## {line.text}"
            else:
                block.append(BULLET.sub("- ", line.text))
            before = None if heading else line
        if block:
            yield _joined(block)


def _is_item(line: str) -> bool:
    return line.startswith("- ") or bool(NUMBERED.match(line))


def _in_list(block: list[str]) -> bool:
    return _is_item(block[0])


def _joined(block: list[str]) -> str:
    """Lines of a block; a word that was parted at a line's end is whole again, an item's next line is set in."""
    lines = [line if _is_item(line) or not _in_list(block) else f"  {line}" for line in block]
    return re.sub(rf"{HYPHEN}\n *", "", "\n".join(lines)).replace(HYPHEN, "-")
