"""An article: cleaned text, the blocks it consists of, and what is known about it.

``text`` keeps the source's own characters (Markdown marks included), less what cleaning removed, so that
a quotation found in it is found in the source too. All offsets are in characters of ``text``.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, NamedTuple

from knowledge.terms import words

BlockKind = Literal["heading", "paragraph", "item", "table", "code", "quote"]


@dataclass(frozen=True, slots=True)
class Block:
    """A contiguous piece of an article, ``text[start:end]``.

    ``path`` holds the headings above it, outermost first, without the article's title; a heading's own
    words are the last of its path.
    """

    kind: BlockKind
    start: int
    end: int
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an article came from: the key of its source, and the document in it."""

    source: str
    origin: str


class Known(NamedTuple):
    """What the catalogue has under an article's id, but for the article."""

    source: str
    origin: str
    content_hash: str
    characters: int


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. Dates are ISO 8601 (``2026-03-01``); ``language`` is an ISO 639-1 code."""

    article_id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    language: str
    url: str | None = None
    author: str | None = None
    ai_generated: bool = False
    created: str | None = None
    updated: str | None = None
    tags: tuple[str, ...] = ()
    summary: str | None = None
    translation_of: str | None = None
    local_only: bool = False

    @property
    def content_hash(self) -> str:
        """SHA-256 over everything the article says and is; equal hashes need no work."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    @property
    def questions(self) -> tuple[str, ...]:
        """Its title and headings that ask something, in order, each once."""
        headings = (block.path[-1] for block in self.blocks if block.path)
        asking = (text for text in (self.title, *headings) if text.endswith("?") and words(text))
        return tuple(dict.fromkeys(asking))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of ``text[start:end]`` without the white space around it."""
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), end - (len(stretch) - len(stretch.rstrip()))


def article_from(values: Mapping[Any, Any]) -> Article:
    """The article that ``asdict`` took apart, perhaps by way of JSON; other values are passed over."""
    made = {field.name: values[field.name] for field in fields(Article)}
    return Article(**made | {"blocks": blocks_from(made["blocks"]), "tags": tuple(made["tags"])})


def blocks_from(values: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    """The blocks that ``asdict`` took apart."""
    return tuple(Block(one["kind"], one["start"], one["end"], tuple(one["path"])) for one in values)
