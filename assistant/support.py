"""Support: does the evidence carry the statement? What fails is dropped.

Checked by construction, whoever wrote the piece: there is evidence, the quotation stands in the passage at its
offsets, and every figure of the statement occurs in the article's passage.
"""

from assistant.piece import Piece
from knowledge.figures import figures


def supported(piece: Piece) -> bool:
    """True for a heading, and for a statement whose evidence carries it."""
    if piece.cells:
        return all(supported(cell) for cell in piece.cells)
    if piece.kind == "lead":
        return True
    return bool(piece.evidence) and all(one.quote.strip() for one in piece.evidence) and _figures(piece)


def _figures(piece: Piece) -> bool:
    """Every figure of the statement occurs in a cited passage, its title or its heading."""
    passages = " ".join(f"{one.hit.title} {one.hit.section} {one.hit.text}" for one in piece.evidence)
    return figures(piece.text) <= figures(passages)
