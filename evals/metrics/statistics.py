"""Uncertainty of figures: bootstrap intervals and paired tests. Pure functions with a fixed seed."""

from collections.abc import Sequence
from math import comb
from statistics import fmean

SEED = 20261124
RESAMPLES = 10_000
LEVEL = 0.95

Interval = tuple[float, float]


def interval(values: Sequence[float]) -> Interval:
    """The 95 % percentile-bootstrap interval of the mean (Efron & Tibshirani 1993, section 13.3).

    >>> interval([1.0, 1.0, 1.0])
    (1.0, 1.0)
    """
    if len(set(values)) == 1:  # most are, and every draw is the same
        return values[0], values[0]
    import numpy as np

    drawn = np.random.default_rng(SEED).integers(0, len(values), (RESAMPLES, len(values)))
    means = np.asarray(values)[drawn].mean(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def permutation_test(differences: Sequence[float]) -> float:
    """Two-sided p of a mean paired difference: signs are flipped at random (Fisher 1935; Smucker et al., CIKM 2007).

    The observed signs count as one of the permutations, so p is never 0.

    >>> permutation_test([0.0, 0.0])
    1.0
    """
    import numpy as np

    values = np.asarray([value for value in differences if value])
    if not len(values):
        return 1.0
    signs = np.random.default_rng(SEED).choice([-1.0, 1.0], (RESAMPLES, len(values)))
    extreme = np.abs((signs * values).sum(axis=1)) >= abs(values.sum()) - 1e-12
    return float((extreme.sum() + 1) / (RESAMPLES + 1))


def mcnemar(better: int, worse: int) -> float:
    """Two-sided exact p of ``better`` cases gained against ``worse`` lost (McNemar 1947, binomial form).

    >>> mcnemar(5, 0)
    0.0625
    >>> mcnemar(3, 3)
    1.0
    """
    flips = better + worse
    tail = sum(comb(flips, k) for k in range(min(better, worse) + 1))
    return min(1.0, 2 * tail / float(2**flips))


def average(values: Sequence[float | None]) -> float | None:
    """The mean of what there is; None when there is nothing.

    >>> average([1.0, None, 0.0])
    0.5
    """
    there = [value for value in values if value is not None]
    return fmean(there) if there else None
