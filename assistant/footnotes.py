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
        marks = ""
        for evidence in piece.evidence:
            citation, new = self._citation(evidence)
            if new:
                yield citation
            marks += f" [{citation.n}]"
        delta = self._joint(piece) + _escaped(piece.text) + marks
        self._last = piece.kind
        self.text += delta
        yield delta

    def _joint(self, piece: Piece) -> str:
        """White space and list mark before a piece."""
        if piece.kind == "item":
            gap = "" if not self.text else "\n" if self._last == "item" else "\n\n"
            return f"{gap}- "
        if not self.text:
            return ""
        return " " if piece.kind == self._last == "sentence" else "\n\n"

    def _citation(self, evidence: Evidence) -> tuple[Citation, bool]:
        hit = evidence.hit
        for known in self.citations:
            if (known.article_id, known.start, known.end) == (hit.article_id, evidence.start, evidence.end):
                return known, False
        citation = Citation(
            len(self.citations) + 1, hit.article_id, hit.title, hit.url, hit.section,
            evidence.quote, evidence.start, evidence.end, hit.updated,
        )  # fmt: skip
        self.citations.append(citation)
        return citation, True


def _escaped(text: str) -> str:
    """An article's own "[1]" is not one of our marks, and its "<" begins no tag."""
    return re.sub(r"([\\\[\]<])", r"\\\1", text)
