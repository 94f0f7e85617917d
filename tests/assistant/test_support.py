"""A statement without support does not reach a reader."""

import pytest

from assistant.piece import Evidence, Piece
from assistant.support import supported
from tests.assistant.hits import make_hit

HIT = make_hit("GPT-3 has 175 billion parameters. It cost 1,500 euro in 2020.", title="GPT-3")
EVIDENCE = (Evidence(HIT, 0, 33),)


def test_a_statement_needs_evidence() -> None:
    assert not supported(Piece("sentence", "GPT-3 is large."))
    assert supported(Piece("sentence", "GPT-3 is large.", EVIDENCE))


def test_a_heading_needs_none() -> None:
    assert supported(Piece("lead", "Large models:"))


@pytest.mark.parametrize("text", ["It has 175 billion parameters.", "It cost 1500 euro.", "GPT-3 came in 2020."])
def test_figures_of_the_passage_are_supported(text: str) -> None:
    assert supported(Piece("sentence", text, EVIDENCE))


@pytest.mark.parametrize("text", ["It has 176 billion parameters.", "It cost 1.5 euro.", "GPT-4 came in 2020."])
def test_figures_the_passage_lacks_are_not(text: str) -> None:
    assert not supported(Piece("sentence", text, EVIDENCE))


def test_empty_evidence_is_none() -> None:
    assert not supported(Piece("sentence", "GPT-3 is large.", (Evidence(HIT, 5, 5),)))
