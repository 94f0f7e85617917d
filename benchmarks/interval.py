"""Bootstrap intervals of a mean (Efron 1979), by resampling cases with a fixed seed."""

from collections.abc import Sequence

import numpy as np

RESAMPLES = 10_000


def interval(values: Sequence[float], level: float = 0.95) -> tuple[float, float]:
    """The percentile interval of the mean of ``values``; of paired differences when those are given."""
    rng = np.random.default_rng(20261124)
    drawn = rng.choice(np.asarray(values, dtype=float), size=(RESAMPLES, len(values)))
    low, high = np.percentile(drawn.mean(axis=1), [(1 - level) * 50, (1 + level) * 50])
    return float(low), float(high)
