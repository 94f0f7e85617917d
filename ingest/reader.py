"""From a file's bytes to an article: decode, front matter, cleaning, blocks, metadata."""

from pathlib import Path
from typing import Any

from ingest import cleaning, front_matter
from ingest.readers import markdown, plain
from ingest.rejection import Rejected
from ingest.sources import Document
from knowledge.article import Article, Block
from knowledge.language import detect
from knowledge.plain import plain as plain_text

PARSERS = {".md": markdown.blocks, ".markdown": markdown.blocks, ".txt": plain.blocks}

# markdown-it-py needs 10 to 20 seconds for the worst megabyte; an article has some 10 kB.
LIMIT_BYTES = 1_000_000


def read(document: Document) -> Article:
    """The article in a document.

    Raises:
        Rejected: unknown type, unreadable, too large, not UTF-8, or without text.
    """
    parser = PARSERS.get(document.path.suffix.lower())
    if parser is None:
        raise Rejected(f"unknown type {document.path.suffix or '(none)'}; read are {', '.join(PARSERS)}")
    _check_name(document)
    fields, body = front_matter.split(_decoded(document.path))
    cleaned = cleaning.clean(body)
    if not cleaned.text.strip():
        raise Rejected("no text in it" + (" below the front matter" if fields else ""))
    return _article(document, fields, cleaned, parser(cleaned.text))


def _check_name(document: Document) -> None:
    """A name that is not text cannot be an id, nor be written to the catalogue."""
    try:
        str(document.path).encode()
    except UnicodeEncodeError:
        raise Rejected("its name is not valid UTF-8; rename it") from None


def _decoded(path: Path) -> str:
    try:
        if not path.is_file():
            raise Rejected("not a regular file")
        size = path.stat().st_size
        if size > LIMIT_BYTES:
            raise Rejected(f"{size:,} bytes; at most {LIMIT_BYTES:,} are read. Split it")
        data = path.read_bytes()
    except OSError as error:
        raise Rejected(f"cannot be read: {error.strerror}") from error
    if not data.strip():
        raise Rejected("empty file")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\0", "")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        raise Rejected(f"not UTF-8 (byte 0x{byte:02x} at offset {error.start}); save it as UTF-8") from error


def _article(document: Document, fields: dict[str, Any], cleaned: cleaning.Cleaned, blocks: list[Block]) -> Article:
    title = fields.get("title") or _title(cleaned.text, blocks) or document.path.stem
    return Article(
        article_id=fields.get("id", document.article_id),
        title=title,
        text=cleaned.text,
        blocks=tuple(_without_title(block, title, cleaned.text) for block in blocks),
        language=fields.get("language") or detect(cleaned.text),
        url=fields.get("url"),
        author=fields.get("author") or cleaned.author,
        ai_generated=fields.get("ai_generated", cleaned.ai_generated),
        created=fields.get("created"),
        updated=fields.get("updated"),
        tags=fields.get("tags", ()),
        summary=fields.get("summary"),
        translation_of=fields.get("translation_of"),
        local_only=fields.get("local_only", False),
    )


def _title(text: str, blocks: list[Block]) -> str:
    """The first heading, else the first line, cut at 120 characters."""
    heading = next((block.path[-1] for block in blocks if block.kind == "heading" and block.path), None)
    return plain_text(heading or text.strip().split("\n", 1)[0][:120])


def _without_title(block: Block, title: str, text: str) -> Block:
    """Heading paths do not repeat the title that stands in front of them anyway."""
    path = block.path[1:] if block.path and plain_text(block.path[0]) == plain_text(title) else block.path
    return Block(block.kind, block.start, block.end, path)
