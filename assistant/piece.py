"""A piece of an answer: one statement with its evidence, or a heading over some."""

from dataclasses import dataclass
from typing import Literal

from knowledge.hit import Hit

PieceKind = Literal["lead", "sentence", "item", "head", "row"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim stretch of an article, ``[start:end]`` of its cleaned text, inside ``hit``."""

    hit: Hit
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The stretch's own characters."""
        return self.hit.text[self.start - self.hit.start : self.end - self.hit.start]


@dataclass(frozen=True, slots=True)
class Piece:
    """``text`` is Markdown without footnote marks. A ``lead`` says nothing by itself and needs no evidence.

    A table's ``head`` and ``row`` have ``cells`` instead: leads, or sentences with evidence of their own.
    """

    kind: PieceKind
    text: str
    evidence: tuple[Evidence, ...] = ()
    cells: "tuple[Piece, ...]" = ()
