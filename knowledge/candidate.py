"""A candidate: a chunk that a stage of the search found, light enough to hold a hundred."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the later stages look at; see ``knowledge.hit.Hit`` for the fields."""

    chunk_id: str
    article_id: str
    title: str
    url: str | None
    language: str
