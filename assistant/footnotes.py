"""Footnotes: pieces in, Markdown with numbered marks and the citations they point to out.

Numbers follow reading order; a passage cited twice keeps its number.
"""

import re
from collections.abc import Iterator

from assistant.answer import Citation
from assistant.piece import Evidence, Piece


class Footnotes:
    """Collects the text and the citations of one answer, piece by piece."""

    def __init__(self) -> None:
        self.text = ""
        self.citations: list[Citation] = []
        self._last = ""

    def add(self, piece: Piece) -> Iterator[Citation | str]:
        """New citations first, then the Markdown that refers to them."""
        known = len(self.citations)
        delta = self._joint(piece) + (self._row(piece) if piece.cells else self._marked(piece))
        self._last = piece.kind
        self.text += delta
        yield from self.citations[known:]
        yield delta

    def _marked(self, piece: Piece) -> str:
        """The piece's text with a mark for each of its evidence."""
        marks = "".join(f" [{self._citation(evidence).n}]" for evidence in piece.evidence)
        return _escaped(piece.text) + marks

    def _row(self, piece: Piece) -> str:
        """A line of a Markdown table; a head with the line below it."""
        cells = [self._marked(cell).replace("|", "\\|") for cell in piece.cells]
        line = f"| {' | '.join(cells)} |"
        return f"{line}\n|{'---|' * len(piece.cells)}" if piece.kind == "head" else line

    def _joint(self, piece: Piece) -> str:
        """White space and list mark before a piece."""
        if piece.kind == "item":
            gap = "" if not self.text else "\n" if self._last == "item" else "\n\n"
            return f"{gap}- "
        if not self.text:
            return ""
        if piece.kind == "row":
            return "\n"
        return " " if piece.kind == self._last == "sentence" else "\n\n"

    def _citation(self, evidence: Evidence) -> Citation:
        """The footnote of that place, a new one when there is none yet."""
        hit = evidence.hit
        for known in self.citations:
            if (known.article_id, known.start, known.end) == (hit.article_id, evidence.start, evidence.end):
                return known
        citation = Citation(
            len(self.citations) + 1, hit.article_id, hit.title, hit.url, hit.section,
            evidence.quote, evidence.start, evidence.end, hit.updated,
        )  # fmt: skip
        self.citations.append(citation)
        return citation


def _escaped(text: str) -> str:
    """An article's own "[1]" is not one of our marks, and its "<" begins no tag."""
    return re.sub(r"([\\\[\]<])", r"\\\1", text)
