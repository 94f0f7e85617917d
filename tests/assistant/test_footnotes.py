"""Footnotes: numbered in reading order, each passage once, the text and its marks agreeing."""

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Citation
from assistant.footnotes import Footnotes
from assistant.piece import Evidence, Piece, PieceKind
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


def row(*cells: Piece, kind: PieceKind = "row") -> Piece:
    return Piece(kind, "", cells=cells)


def written(*pieces: Piece) -> Footnotes:
    notes = Footnotes()
    for one in pieces:
        list(notes.add(one))
    return notes


HEAD = row(piece("lead", "Model"), piece("lead", "Year"), kind="head")


def test_rows_are_a_markdown_table_with_a_mark_in_every_cell_that_says_something() -> None:
    notes = written(HEAD, row(piece("lead", "Llama"), piece("sentence", "2023", SPANS[0])),
                    row(piece("lead", "Mistral"), piece("sentence", "2024", SPANS[1], SPANS[2])))  # fmt: skip
    assert notes.text == "| Model | Year |\n|---|---|\n| Llama | 2023 [1] |\n| Mistral | 2024 [2] [3] |"
    assert [citation.quote for citation in notes.citations] == ["One.", "Two.", "Three."]


def test_a_table_is_set_apart_from_what_stands_around_it() -> None:
    one = row(piece("sentence", "a", SPANS[0]), piece("sentence", "b", SPANS[1]))
    notes = written(piece("lead", "Years:"), HEAD, one, piece("sentence", "S.", SPANS[2]), HEAD, one)
    assert notes.text == (
        "Years:\n\n| Model | Year |\n|---|---|\n| a [1] | b [2] |\n\nS. [3]\n\n"
        "| Model | Year |\n|---|---|\n| a [1] | b [2] |"
    )


def test_a_place_cited_in_two_cells_keeps_its_number() -> None:
    notes = written(HEAD, row(piece("sentence", "a", SPANS[1]), piece("sentence", "b", SPANS[1])))
    assert notes.text.endswith("| a [1] | b [1] |")
    assert len(notes.citations) == 1


def test_a_rows_citations_come_before_its_line() -> None:
    notes = Footnotes()
    parts = list(notes.add(row(piece("sentence", "a", SPANS[0]), piece("sentence", "b", SPANS[1]))))
    assert [part.n for part in parts[:-1] if isinstance(part, Citation)] == [1, 2]
    assert parts[-1] == "| a [1] | b [2] |"


CELLS = st.lists(st.text(st.sampled_from("ab|\\[]<1 "), max_size=8), min_size=1, max_size=5)


@given(CELLS)
def test_no_cells_own_characters_end_a_cell_or_make_a_mark(texts: list[str]) -> None:
    notes = written(row(*(piece("sentence", text, SPANS[0]) for text in texts)))
    bare = re.sub(r"\\.", "", notes.text)
    assert bare.count("|") == len(texts) + 1
    assert bare.count("[1]") == len(texts) == bare.count("[")
    assert "<" not in bare
