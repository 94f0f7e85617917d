"""A candidate: a chunk that a stage of the search found, light enough to hold a hundred."""

from typing import NamedTuple


class Candidate(NamedTuple):
    """What the later stages look at; see ``knowledge.hit.Hit`` for the fields."""

    chunk_id: str
    article_id: str
    title: str
    url: str | None
    language: str
