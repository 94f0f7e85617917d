"""Tables: rows of an article's table as pieces, with a footnote under every cell."""

from collections.abc import Iterator, Sequence

from assistant.piece import Piece
from assistant.units import Unit

# What fits beside each other, and what a person would want to read.
MOST_ROWS, MOST_CELLS = 8, 5


def table(rows: Sequence[Unit]) -> list[Piece]:
    """A head and the rows, cut to what is readable."""
    head = Piece("head", "", cells=tuple(Piece("lead", name) for name in rows[0].columns[:MOST_CELLS]))
    return [head, *(Piece("row", "", cells=tuple(_cells(row))) for row in rows[:MOST_ROWS])]


def _cells(row: Unit) -> Iterator[Piece]:
    for cell in row.cells[:MOST_CELLS]:
        yield Piece("sentence", cell.text, (cell.evidence,)) if cell.text else Piece("lead", "")
