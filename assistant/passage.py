"""A passage: the words of a hit, with those of the title and headings that give it its meaning."""

from knowledge.hit import Hit
from knowledge.terms import term_set


def passage_terms(hit: Hit) -> frozenset[str]:
    """The stemmed words of title, section and text."""
    return term_set(f"{hit.title} {hit.section} {hit.text}", hit.language)
