"""A passage: the words of a hit, with those of the title and headings that give it its meaning."""

from functools import lru_cache

from knowledge.hit import Hit
from knowledge.terms import terms

# Passages whose words are kept for the next question that finds them, some 10 kB each.
KEPT = 2048


def passage_terms(hit: Hit) -> frozenset[str]:
    """The stemmed words of title, section and text."""
    return _terms(f"{hit.title} {hit.section} {hit.text}", hit.language)


@lru_cache(maxsize=KEPT)
def _terms(text: str, language: str) -> frozenset[str]:
    return frozenset(terms(text, language))
