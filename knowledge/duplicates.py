"""Duplicates among hits: a site shows the same passage on several pages, and it is found once."""

from collections.abc import Sequence
from functools import lru_cache

from knowledge.hit import Hit

# Two passages that share this much of their words (Jaccard) say the same.
SAME = 0.9
# Passages whose words are kept for the next question that finds them, some 10 kB each.
KEPT = 2048


def collapsed(hits: Sequence[Hit], count: int) -> list[Hit]:
    """The first ``count`` hits that say something new, in order."""
    kept: list[tuple[Hit, frozenset[str]]] = []
    for hit in hits:
        if len(kept) == count:
            break
        said = _said(hit.text)
        if not any(_alike(said, other) for _, other in kept):
            kept.append((hit, said))
    return [hit for hit, _ in kept]


@lru_cache(maxsize=KEPT)
def _said(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    both = len(one) + len(other)
    if min(len(one), len(other)) < SAME * max(len(one), len(other)):
        return False
    shared = len(one & other)
    return shared >= SAME * (both - shared)
