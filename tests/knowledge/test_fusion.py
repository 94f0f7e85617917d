"""Fusion, by examples worked out by hand."""

import pytest

from knowledge.fusion import DENSE_WEIGHT, DENSE_WEIGHT_FOREIGN, dense_weight, fuse, scaled


def test_scores_are_scaled_between_the_lowest_and_the_highest() -> None:
    assert scaled({"a": 4.0, "b": 2.0, "c": 3.0}) == {"a": 1.0, "b": 0.0, "c": 0.5}


def test_equal_scores_all_count_in_full() -> None:
    assert scaled({"a": 2.0, "b": 2.0}) == {"a": 1.0, "b": 1.0}
    assert scaled({}) == {}


def test_two_lists_are_added_with_their_weights() -> None:
    dense = {"a": 0.9, "b": 0.5, "c": 0.1}  # scaled: 1, 0.5, 0
    lexical = {"b": 10.0, "d": 2.0}  # scaled: 1, 0
    assert fuse(dense, lexical, 0.5) == pytest.approx({"a": 0.5, "b": 0.75, "c": 0.0, "d": 0.0})
    assert fuse(dense, lexical, 0.2) == pytest.approx({"a": 0.2, "b": 0.9, "c": 0.0, "d": 0.0})


def test_one_empty_list_leaves_the_other_its_order() -> None:
    assert fuse({}, {"a": 3.0, "b": 1.0}, 0.5) == {"a": 0.5, "b": 0.0}
    assert fuse({}, {}, 0.5) == {}


@pytest.mark.parametrize(
    ("language", "spoken", "multilingual", "weight"),
    [
        ("en", ["en"], False, DENSE_WEIGHT),
        ("de", ["en", "de"], False, DENSE_WEIGHT_FOREIGN),
        ("de", ["en", "de"], True, DENSE_WEIGHT),
        ("de", ["en"], False, DENSE_WEIGHT),  # no article shares a word with the question
    ],
)
def test_an_english_embedder_counts_less_in_another_language_of_the_articles(
    language: str, spoken: list[str], multilingual: bool, weight: float
) -> None:
    assert dense_weight(language, spoken, multilingual) == weight
    assert DENSE_WEIGHT_FOREIGN < DENSE_WEIGHT
