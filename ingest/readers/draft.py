"""A draft: what a reader makes of a document, before cleaning: text, how to parse it, and what it says about itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.article import Block


@dataclass(frozen=True, slots=True)
class Draft:
    """``blocks`` parses the cleaned text; ``fields`` are those of ``knowledge.article.Article``.

    ``footer`` is text that surely is none of the article, but may tell who wrote it.
    """

    text: str
    blocks: Callable[[str], list[Block]]
    fields: Mapping[str, Any] = field(default_factory=dict)
    footer: str = ""
