"""Intervals and tests, on cases one can work out by hand, and against scipy."""

import doctest

import pytest
from scipy.stats import binomtest, wilcoxon

import evals.metrics.facts
import evals.metrics.statistics
from evals.metrics.statistics import average, interval, mcnemar, permutation_test


@pytest.mark.parametrize("module", [evals.metrics.facts, evals.metrics.statistics])
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted >= 1
    assert result.failed == 0


def test_an_interval_holds_the_mean_and_narrows_with_more_cases() -> None:
    few, many = interval([0.0, 1.0] * 10), interval([0.0, 1.0] * 1000)
    assert few[0] < 0.5 < few[1]
    assert many[1] - many[0] < (few[1] - few[0]) / 5
    assert many[1] - many[0] == pytest.approx(2 * 1.96 * 0.5 / 2000**0.5, rel=0.05)  # the normal approximation


@pytest.mark.parametrize(("better", "worse"), [(5, 0), (10, 2), (7, 7), (0, 1), (0, 0)])
def test_mcnemar_equals_scipys_binomial_test(better: int, worse: int) -> None:
    theirs = binomtest(better, better + worse).pvalue if better + worse else 1.0
    assert mcnemar(better, worse) == pytest.approx(theirs)


def test_the_permutation_test_sees_a_shift_and_no_shift() -> None:
    shifted = [0.1 * n for n in range(1, 13)]
    assert permutation_test(shifted) == pytest.approx(wilcoxon(shifted).pvalue, abs=2e-3)
    assert permutation_test([0.1, -0.1] * 10) == pytest.approx(1.0, abs=0.01)


def test_an_average_leaves_out_what_is_not_there() -> None:
    assert average([None, None]) is None
    assert average([2.0, None, 4.0]) == 3.0
