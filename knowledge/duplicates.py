"""Duplicates among hits: a site shows the same passage on several pages, and it is found once."""

from collections.abc import Sequence

from knowledge.hit import Hit

# Two passages that share this much of their words (Jaccard) say the same.
SAME = 0.9


def collapsed(hits: Sequence[Hit], count: int) -> list[Hit]:
    """The first ``count`` hits that say something new, in order."""
    kept: list[tuple[Hit, set[str]]] = []
    for hit in hits:
        if len(kept) == count:
            break
        said = set(hit.text.lower().split())
        if not any(_alike(said, other) for _, other in kept):
            kept.append((hit, said))
    return [hit for hit, _ in kept]


def _alike(one: set[str], other: set[str]) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    return shorter >= SAME * longer and len(one & other) >= SAME * len(one | other)
