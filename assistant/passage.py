"""A passage: the words of a hit, with those of the title and headings that give it its meaning."""

from knowledge import terms
from knowledge.hit import Hit


def passage_terms(hit: Hit) -> frozenset[str]:
    """The stemmed words of title, section and text."""
    return terms.passage_terms(f"{hit.title} {hit.section} {hit.text}", hit.language)
