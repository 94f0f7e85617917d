"""Articles from text, without a file."""

from pathlib import Path

from ingest.documents import Document
from ingest.reader import read
from knowledge.article import Article


def read_text(folder: Path, text: str | bytes, name: str = "page.md") -> Article:
    """The article that ``reader`` makes of a file with this content."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(Document(path, path.stem))


def stretches(article: Article, kind: str) -> list[str]:
    """The text of every block of a kind."""
    return [article.text[block.start : block.end] for block in article.blocks if block.kind == kind]
