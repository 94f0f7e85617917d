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


def test_a_dutch_sentence_may_write_an_english_decimal_its_own_way() -> None:
    hit = make_hit("The lead fell from 8.0% to 1.7% in a year.")
    evidence = (Evidence(hit, 0, 42),)
    assert supported(Piece("sentence", "De voorsprong daalde van 8,0% naar 1,7%.", evidence))
    assert not supported(Piece("sentence", "De voorsprong daalde van 80% naar 1,7%.", evidence))


def test_empty_evidence_is_none() -> None:
    assert not supported(Piece("sentence", "GPT-3 is large.", (Evidence(HIT, 5, 5),)))


def row(*cells: Piece) -> Piece:
    return Piece("row", "", cells=cells)


NAME = Piece("lead", "GPT-3")


def test_a_row_needs_support_for_every_cell() -> None:
    good, bad = Piece("sentence", "175 billion", EVIDENCE), Piece("sentence", "176 billion", EVIDENCE)
    assert supported(row(NAME, good, good))
    assert not supported(row(NAME, good, bad))
    assert not supported(row(NAME, Piece("sentence", "large")))


def test_a_cell_that_is_a_heading_needs_none() -> None:
    assert supported(row(NAME, Piece("lead", "not covered by the articles")))
    assert supported(Piece("head", "", cells=(NAME, Piece("lead", "GPT-99"))))


def test_evidence_of_the_row_does_not_stand_in_for_that_of_a_cell() -> None:
    assert not supported(Piece("row", "", EVIDENCE, (NAME, Piece("sentence", "large"))))
