"""Footnotes: numbered in reading order, each passage once, the text and its marks agreeing."""

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Citation
from assistant.footnotes import Footnotes
from assistant.piece import Evidence, Piece
from tests.assistant.hits import make_hit

HIT = make_hit("One. Two. Three. Four. Five.")
SPANS = [(0, 4), (5, 9), (10, 16), (17, 22)]


def piece(kind: str, text: str, *spans: tuple[int, int]) -> Piece:
    return Piece(kind, text, tuple(Evidence(HIT, start, end) for start, end in spans))  # type: ignore[arg-type]


def test_a_citation_comes_before_the_text_that_points_to_it() -> None:
    parts = list(Footnotes().add(piece("sentence", "Says one.", SPANS[0])))
    assert isinstance(parts[0], Citation)
    assert parts[1] == "Says one. [1]"


def test_a_passage_cited_twice_keeps_its_number() -> None:
    notes = Footnotes()
    for span in (SPANS[0], SPANS[1], SPANS[0]):
        list(notes.add(piece("sentence", "Says.", span)))
    assert notes.text == "Says. [1] Says. [2] Says. [1]"
    assert [citation.quote for citation in notes.citations] == ["One.", "Two."]


def test_lists_and_headings_are_set_apart() -> None:
    notes = Footnotes()
    for one in (
        piece("lead", "Why:"),
        piece("item", "a", SPANS[0]),
        piece("item", "b", SPANS[1]),
        piece("sentence", "S.", SPANS[2]),
    ):
        list(notes.add(one))
    assert notes.text == "Why:\n\n- a [1]\n- b [2]\n\nS. [3]"


def test_an_articles_own_brackets_are_no_marks_of_ours() -> None:
    notes = Footnotes()
    list(notes.add(piece("sentence", "See [7].", SPANS[0])))
    assert notes.text == "See \\[7\\]. [1]"


PIECES = st.lists(
    st.builds(
        lambda kind, text, spans: piece(kind, text, *spans),
        st.sampled_from(["lead", "sentence", "item"]),
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
        st.lists(st.sampled_from(SPANS), max_size=3),
    ),
    max_size=8,
)


@given(PIECES)
def test_every_mark_has_its_citation_and_every_citation_a_mark(pieces: list[Piece]) -> None:
    notes = Footnotes()
    streamed = "".join(part for one in pieces for part in notes.add(one) if isinstance(part, str))
    assert streamed == notes.text
    marks = [int(mark) for mark in re.findall(r"(?<!\\)\[(\d+)(?<!\\)\]", notes.text)]
    assert list(dict.fromkeys(marks)) == [citation.n for citation in notes.citations]
    for citation in notes.citations:
        assert citation.quote == HIT.text[citation.start : citation.end]
