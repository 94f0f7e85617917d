"""The rarer a word, the more it weighs."""

import math

import pytest

from knowledge.rarity import weights


def test_weights_sum_to_one_and_equal_words_weigh_the_same() -> None:
    assert weights(["rye", "oat"], {"rye": 2, "oat": 2}, 10) == pytest.approx({"rye": 0.5, "oat": 0.5})
    assert sum(weights(["a", "b", "c"], {"a": 1, "b": 7}, 9).values()) == pytest.approx(1.0)


def test_a_word_in_half_of_the_chunks_against_one_in_a_fifth() -> None:
    # ln(1 + (1 - share) / share) = ln(1 / share): ln 2 and ln 5
    half, fifth = math.log(2), math.log(5)
    found = weights(["half", "fifth"], {"half": 500, "fifth": 200}, 1000)
    assert found == pytest.approx({"half": half / (half + fifth), "fifth": fifth / (half + fifth)}, rel=5e-3)


def test_a_word_in_every_chunk_weighs_next_to_nothing() -> None:
    assert weights(["the", "rye"], {"the": 1000, "rye": 1}, 1000)["the"] < 0.001


def test_an_unseen_word_weighs_less_than_one_seen_once() -> None:
    found = weights(["unseen", "once", "often"], {"once": 1, "often": 50}, 100)
    assert found["once"] > found["unseen"] > found["often"]


def test_no_words_and_no_chunks_are_fine() -> None:
    assert weights([], {}, 10) == {}
    assert weights(["rye"], {}, 0) == {"rye": 1.0}
