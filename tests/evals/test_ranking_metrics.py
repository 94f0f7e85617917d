"""Metrics, on cases one can work out by hand."""

import doctest
from math import log2

import pytest

import evals.metrics.ranking
from evals.metrics.ranking import ndcg, recall, reciprocal_rank


def test_the_examples_in_the_docstrings_hold() -> None:
    result = doctest.testmod(evals.metrics.ranking)
    assert result.attempted >= 3
    assert result.failed == 0


def test_a_perfect_ranking_is_one_and_an_empty_one_zero() -> None:
    assert ndcg(["a", "b"], {"a": 2.0, "b": 1.0}, 10) == 1.0
    assert ndcg([], {"a": 1.0}, 10) == 0.0


def test_grades_count_at_their_rank() -> None:
    worst_first = (1 / log2(2) + 2 / log2(3)) / (2 / log2(2) + 1 / log2(3))
    assert ndcg(["b", "a"], {"a": 2.0, "b": 1.0}, 10) == pytest.approx(worst_first)


def test_what_lies_beyond_k_does_not_count() -> None:
    assert ndcg(["x", "a"], {"a": 1.0}, 1) == 0.0
    assert recall(["x", "a"], {"a"}, 1) == 0.0


def test_without_anything_relevant_all_are_zero() -> None:
    assert (ndcg(["a"], {}, 5), recall(["a"], set(), 5), reciprocal_rank(["a"], set())) == (0.0, 0.0, 0.0)
