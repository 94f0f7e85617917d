"""Answers made by hand."""

from typing import Any

from assistant.answer import Answer, Citation, Model
from knowledge.article import Article, Block

TEXT = "Bread is baked from flour, water and salt.\n\nIt needs:\n\n- Oven\n- Bowl of 2 litres\n"


def article() -> Article:
    """An article on bread with a sentence and a list under a lead-in."""
    places = [("paragraph", 0, 42), ("paragraph", 44, 53), ("item", 55, 61), ("item", 62, 80)]
    blocks = tuple(Block(kind, start, end) for kind, start, end in places)  # type: ignore[arg-type]
    return Article("bread", "Bread", TEXT, blocks, "en")


def cite(n: int, quote: str, article_id: str = "bread", start: int | None = None) -> Citation:
    """A citation of that quotation, at its place in ``TEXT`` unless another is given."""
    at = TEXT.find(quote) if start is None else start
    return Citation(n, article_id, "Bread", None, "", quote, at, at + len(quote))


def answer(text: str, *citations: Citation, **given: Any) -> Answer:
    """An answer with these footnotes; a refusal when there are none."""
    values: dict[str, Any] = {
        "question": "?", "standalone_question": "?", "language": "en", "answered": bool(citations), "answer": text,
        "citations": citations, "nearest": (), "confidence": 0.9 if citations else 0.1,
        "model": Model("extractive", "extractive"), "trace_id": "t", "timings_ms": {"total": 2.0, "first_token": 1.0},
    }  # fmt: skip
    return Answer(**values | given)
