"""Matching by words: what counts as said, and what does not."""

import doctest

import pytest

import evals.metrics.matching
from evals.metrics.matching import cover, says


def test_the_examples_in_the_docstrings_hold() -> None:
    result = doctest.testmod(evals.metrics.matching)
    assert result.attempted >= 3
    assert result.failed == 0


@pytest.mark.parametrize(
    ("text", "fact", "said"),
    [
        ("The lead fell from **8.0%** to 1.7%.", "8,0%", True),
        ("1,287 MWh were used", "1287 MWh", True),
        ("It needs 48 GB.", "8 GB", False),
        ("Kosten: 20 miljoen euro", "20 Miljoen Euro", True),
        ("water, flour", "flour, water", False),
        ("anything", "!", False),
    ],
)
def test_a_fact_is_said_when_its_words_stand_side_by_side(text: str, fact: str, said: bool) -> None:
    assert says(text, fact) is said


def test_a_missing_figure_is_a_missing_fact_however_alike_the_words() -> None:
    assert cover("AI tools cost 19% more time", "AI tools cost 18% more time") == 0.0
    assert cover("AI tools cost 18% more time", "AI tools cost 18% more time") == 1.0
