"""Translations: of an article that exists in several languages, the one in the question's language speaks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from knowledge.hit import TRANSLATED, Hit


def in_one_language(hits: Sequence[Hit], language: str) -> list[Hit]:
    """``hits`` without those whose translation in ``language`` was found too; else without those of a translation.

    Where one falls away, the next hit of the article that speaks takes its place and its score, so order by score is
    kept. An article found in another language only stays.
    """
    original = {hit.article_id: hit.translation_of or hit.article_id for hit in hits}
    speaking: dict[str, str] = {}  # original -> the article that speaks for it
    for hit in sorted(hits, key=lambda hit: (hit.language == language, hit.translation_of is None)):
        speaking[original[hit.article_id]] = hit.article_id
    return list(placed(hits, {article: speaking[first] for article, first in original.items()}))


def placed(hits: Sequence[Hit], speaks: dict[str, str]) -> Iterator[Hit]:
    """The hits of articles that speak (``speaks``: which one for each), in the places of all."""
    waiting = {article: [hit for hit in hits if hit.article_id == article] for article in speaks.values()}
    for hit in hits:
        if following := waiting[speaks[hit.article_id]]:
            first = following.pop(0)
            yield first if first is hit else replace(first, score=hit.score, stages=_standing_in(first, hit))


def _standing_in(one: Hit, other: Hit) -> Mapping[str, float]:
    """The stages of a hit in the place of another: what found a translation by a translation found the article."""
    found = max(hit.stages.get(TRANSLATED, -1.0) for hit in (one, other))
    return one.stages if found < 0 else {**one.stages, TRANSLATED: found}
