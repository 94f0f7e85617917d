"""Metrics of a ranking against judged relevance: pure functions, graded where the source is."""

import math
from collections.abc import Collection, Mapping, Sequence


def ndcg(ranked: Sequence[str], relevant: Mapping[str, float], k: int) -> float:
    """Normalised discounted cumulative gain at ``k``, in [0, 1] (Järvelin & Kekäläinen 2002, gain = grade).

    >>> round(ndcg(["b", "a"], {"a": 1.0}, 10), 4)
    0.6309
    """
    gains = [relevant.get(key, 0.0) for key in ranked[:k]]
    ideal = sorted(relevant.values(), reverse=True)[:k]
    best = _discounted(ideal)
    return _discounted(gains) / best if best else 0.0


def recall(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """The share of the relevant that is among the first ``k``, in [0, 1].

    >>> recall(["a", "x"], {"a", "b"}, 2)
    0.5
    """
    return len(set(ranked[:k]) & set(relevant)) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """One over the rank of the first relevant, 0 when there is none.

    >>> reciprocal_rank(["x", "a"], {"a"})
    0.5
    """
    return next((1 / rank for rank, key in enumerate(ranked, 1) if key in relevant), 0.0)


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
