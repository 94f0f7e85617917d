"""Figures are compared by value, in whichever way they are written."""

import doctest

import pytest

import knowledge.figures
from knowledge.figures import figures


def test_the_examples_in_the_docstrings_hold() -> None:
    result = doctest.testmod(knowledge.figures)
    assert (result.attempted, result.failed) == (1, 0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,500 or 1.5 or 8,0%", {"1500", "1.5", "8.0"}), ("1.234.567,8 en 1,234,567.8", {"1234567.8"}),
        ("op 24-11-2026", {"24", "11", "2026"}), ("none", set()),
    ],
)  # fmt: skip
def test_figures_are_written_alike(text: str, found: set[str]) -> None:
    assert figures(text) == found
