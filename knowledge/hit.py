"""A hit: one chunk that a search found, with the score of every stage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.article import Block

# The stage of a translated question's cosine.
TRANSLATED = "cosine_translated"


@dataclass(frozen=True, slots=True)
class Hit:
    """``text`` is the cleaned article's ``[start:end]`` without any heading prefix.

    ``score`` is the fused score in [0, 1]; ``stages`` holds what went into it (``cosine``, ``bm25``;
    ``cosine_translated`` is the cosine of the question's translation).
    ``blocks`` have offsets in the article, not in ``text``.
    """

    article_id: str
    title: str
    url: str | None
    section: str
    chunk_id: str
    text: str
    start: int
    end: int
    score: float
    language: str = "en"
    updated: str | None = None
    ordinal: int = 0
    translation_of: str | None = None
    local_only: bool = False
    blocks: tuple[Block, ...] = ()
    stages: Mapping[str, float] = field(default_factory=dict, hash=False)

    def as_dict(self, explain: bool = False) -> dict[str, Any]:
        """The hit as other tools get it; with ``explain``, each stage's score too."""
        names = ("article_id", "url", "title", "section", "chunk_id", "text", "start", "end", "score")
        shown = {name: getattr(self, name) for name in names}
        return shown | ({"stages": dict(self.stages)} if explain else {})
