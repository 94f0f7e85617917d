"""Translations: of an article that exists in several languages, the one in the question's language speaks."""

from collections.abc import Sequence

from knowledge.hit import Hit


def in_one_language(hits: Sequence[Hit], language: str) -> list[Hit]:
    """``hits`` without those whose translation in ``language`` was found too; else without those of a translation.

    Order is kept. An article found in another language only stays.
    """
    original = {hit.article_id: hit.translation_of or hit.article_id for hit in hits}
    speaking: dict[str, str] = {}  # original -> the article that speaks for it
    for hit in sorted(hits, key=lambda hit: (hit.language == language, hit.translation_of is None)):
        speaking[original[hit.article_id]] = hit.article_id
    return [hit for hit in hits if speaking[original[hit.article_id]] == hit.article_id]
