"""Rarity: what each word of a question weighs, the rarer the more."""

import math
from collections.abc import Iterable, Mapping


def weights(wanted: Iterable[str], shares: Mapping[str, float]) -> dict[str, float]:
    """Inverse document frequency as in BM25 (Robertson 2004), summing to 1.

    ``shares`` is the share of chunks in which a term stands; one that is missing stands nowhere.
    """
    raw = {term: math.log(1 + (1 - shares.get(term, 0.0) + 1e-3) / (shares.get(term, 0.0) + 1e-3)) for term in wanted}
    total = sum(raw.values()) or 1.0
    return {term: weight / total for term, weight in raw.items()}
