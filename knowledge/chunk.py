"""A chunk: the stretch of an article that is embedded, indexed and found."""

import hashlib
from dataclasses import dataclass

from knowledge.article import Block

# Version of the rules by which ingest cuts articles; part of the index fingerprint. Raise it with them.
CHUNKER = "2"


@dataclass(frozen=True, slots=True)
class Chunk:
    """``text`` is the cleaned article's ``[start:end]``; ``blocks`` are the article's blocks inside it.

    ``chunk_id`` is a hash of the article, the indexed text and its place among equal ones, not of offsets:
    an edit above a chunk moves it without making it another one.
    """

    chunk_id: str
    article_id: str
    ordinal: int
    section: str
    start: int
    end: int
    text: str
    indexed_text: str
    blocks: tuple[Block, ...]


def chunk_id(article_id: str, indexed_text: str, occurrence: int) -> str:
    """128 bits of SHA-256 in hex; ``occurrence`` numbers equal texts within one article from 0."""
    material = "\0".join((article_id, indexed_text, str(occurrence)))
    return hashlib.sha256(material.encode()).hexdigest()[:32]
