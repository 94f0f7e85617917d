"""From a document's bytes to an article: reader by type, cleaning, blocks, metadata."""

from typing import Any

from ingest import cleaning
from ingest.about import About
from ingest.documents import Readable
from ingest.formats import HTML, format_of
from ingest.readers.draft import Draft
from ingest.rejection import Rejected
from knowledge.article import Article, Block
from knowledge.language import detect
from knowledge.plain import plain as plain_text

# With fewer words, a page's own word on its language counts more than its text.
FEW_WORDS = 25


def read(document: Readable) -> Article:
    """The article in a document, read in this process.

    Raises:
        Rejected: see ``parse``, or it has no bytes.
    """
    return parse(document.data(), document.about)


def parse(data: bytes, about: About) -> Article:
    """The article in ``data``.

    Raises:
        Rejected: unknown type, damaged, or without text.
    """
    draft = format_of(about).draft(data, about)
    cleaned = cleaning.clean(draft.text)
    if not cleaned.text.strip():
        raise Rejected("no text in it" + (" below the front matter" if draft.fields else ""))
    return _article(about, draft, cleaned)


def _article(about: About, draft: Draft, cleaned: cleaning.Cleaned) -> Article:
    fields: dict[str, Any] = dict(draft.fields)
    blocks = draft.blocks(cleaned.text)
    title = fields.get("title") or _title(cleaned.text, blocks) or about.name
    footer, said = cleaning.facts(draft.footer.split("\n")), cleaned.facts
    return Article(
        article_id=fields.get("id", about.article_id),
        title=title,
        text=cleaned.text,
        blocks=tuple(_without_title(block, title) for block in blocks),
        language=_language(about, fields, cleaned.text),
        url=fields.get("url", about.url),
        author=fields.get("author") or said.author or footer.author,
        ai_generated=fields.get("ai_generated", said.ai_generated or footer.ai_generated),
        created=fields.get("created"),
        updated=fields.get("updated") or said.updated or footer.updated,
        tags=fields.get("tags", ()),
        summary=fields.get("summary"),
        translation_of=fields.get("translation_of"),
        local_only=fields.get("local_only", False),
    )


def _language(about: About, fields: dict[str, Any], text: str) -> str:
    """What front matter says; a page's word is taken where its text is too short to tell: templates often lie."""
    said: str | None = fields.get("language")
    return said if said and (format_of(about) is not HTML or len(text.split()) < FEW_WORDS) else detect(text)


def _title(text: str, blocks: list[Block]) -> str:
    """The first heading, else the first line, cut at 120 characters."""
    heading = next((block.path[-1] for block in blocks if block.kind == "heading" and block.path), None)
    return plain_text(heading or text.strip().split("\n", 1)[0][:120])


def _without_title(block: Block, title: str) -> Block:
    """Heading paths do not repeat the title that stands in front of them anyway."""
    path = block.path[1:] if block.path and plain_text(block.path[0]) == plain_text(title) else block.path
    return Block(block.kind, block.start, block.end, path)
