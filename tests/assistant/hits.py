"""Hits made by hand."""

from ingest.readers.markdown import blocks as markdown_blocks
from knowledge.article import Block
from knowledge.hit import Hit


def make_hit(text: str, blocks: tuple[Block, ...] | None = None, **given: object) -> Hit:
    """A hit over the whole of ``text``; one paragraph unless blocks are given."""
    values: dict[str, object] = {
        "article_id": "a", "title": "Title", "url": None, "section": "", "chunk_id": "c", "score": 1.0, "start": 0,
    } | given  # fmt: skip
    start = values["start"]
    assert isinstance(start, int)
    made = blocks or (Block("paragraph", start, start + len(text)),)
    return Hit(text=text, end=start + len(text), blocks=made, **values)  # type: ignore[arg-type]


def make_page(text: str, **given: object) -> Hit:
    """A hit over the whole of a Markdown page, with its blocks."""
    return make_hit(text, tuple(markdown_blocks(text)), **given)


# Two passages to write from.
PRIVACY = make_hit("Open models keep data at home. They cost nothing per call.", article_id="open", title="Open models")
QUALITY = make_hit(
    "Closed models answer best. Try one at https://closed.example/try or [here](https://closed.example/more).",
    article_id="closed", title="Closed models", start=100,
)  # fmt: skip
PASSAGES = (PRIVACY, QUALITY)
