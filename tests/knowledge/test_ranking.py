"""A ranking adds up what the stages give, and keeps it."""

import pytest

from knowledge.ranking import Ranking


def test_scores_are_added_with_their_weights() -> None:
    ranking = Ranking()
    ranking.add({"a": 0.5, "b": 1.0})
    ranking.add({"a": 1.0, "c": 0.4}, weight=2.0)
    assert ranking.scores == {"a": 2.5, "b": 1.0, "c": 0.8}
    assert ranking.best(2) == ["a", "b"]


def test_equal_scores_are_in_order_of_their_ids() -> None:
    ranking = Ranking()
    ranking.add({"c": 1.0, "a": 1.0, "b": 1.0})
    assert ranking.best(10) == ["a", "b", "c"]


def test_a_stage_keeps_its_best_score_also_below_zero() -> None:
    ranking = Ranking()
    for cosine in (-0.4, -0.2, -0.3):
        ranking.note("cosine", {"a": cosine})
    ranking.lift("named", {"a": 0.5})
    assert ranking.scaled(["a"]) == {"a": (0.5, {"cosine": -0.2, "named": 0.5})}
    assert ranking.scores == {"a": 0.5}


def test_only_scores_beyond_one_are_scaled_down() -> None:
    ranking = Ranking()
    ranking.add({"a": 0.8, "b": 0.4})
    assert ranking.scaled(["a", "b"]) == {"a": (0.8, {}), "b": (0.4, {})}
    ranking.lift("page", {"b": 1.2})
    assert ranking.scaled(["a", "b"]) == {"a": (pytest.approx(0.5), {}), "b": (1.0, {"page": 1.2})}
    assert ranking.scaled([]) == {}
