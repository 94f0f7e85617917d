"""Statements out of a stream: where it is cut into pieces does not matter."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.statements import statements

ANSWER = (
    "Open models, e.g. Llama 3.2, keep data at home. [1] Closed ones answer best [2][1]. It costs 1.5 euro!\n"
    "[2] Is it free? [1] [2]\n- Privacy: yes [1]\n- Price, etc. [1, 2]\n10. Quality (see below.) [2]\nDone."
)
STATEMENTS = [
    "Open models, e.g. Llama 3.2, keep data at home. [1]",
    "Closed ones answer best [2][1].",
    "It costs 1.5 euro!\n[2]",
    "Is it free? [1] [2]",
    "- Privacy: yes [1]",
    "- Price, etc. [1, 2]",
    "10. Quality (see below.) [2]",
    "Done.",
]
# What a sentence splitter trips over.
FRAGMENTS = st.sampled_from(
    ["word", "word ", "word. ", "word.\n", "word", "[1] ", "[1]", "[22]", "[1, 2]", "[1,", "[", "]", "[1", "[1234]",
     "[a]", "No", "etc", "e.g.", "U.S", "7", "10", " ", "  ", "\n", "\r\n", ".", "?", "!", ",", ":", "...", '"', "”",
     ")", "(", "-", "**", "é", "<", "\\"]
)  # fmt: skip


def cut(text: str, places: Sequence[int]) -> list[str]:
    ends = [0, *places, len(text)]
    return [text[start:end] for start, end in pairwise(ends)]


def test_a_stream_is_cut_into_sentences_and_items_with_the_marks_that_follow_them() -> None:
    assert list(statements([ANSWER])) == STATEMENTS


def test_where_a_stream_is_cut_into_pieces_does_not_matter() -> None:
    assert list(statements(ANSWER)) == STATEMENTS
    for count in (1, 2):
        for places in combinations(range(len(ANSWER) + 1), count):
            assert list(statements(cut(ANSWER, places))) == STATEMENTS


@given(st.lists(FRAGMENTS, max_size=30).map("".join), st.data())
def test_no_text_is_split_otherwise_for_coming_in_other_pieces(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    whole = list(statements([text]))
    assert list(statements(cut(text, places))) == whole
    assert list(statements(text)) == whole


@given(st.lists(FRAGMENTS, max_size=30))
def test_splitting_loses_and_adds_nothing(pieces: list[str]) -> None:
    split = list(statements(pieces))
    assert all(split)
    assert "".join("".join(split).split()) == "".join("".join(pieces).split())


def test_a_sentence_comes_out_as_soon_as_the_next_one_begins() -> None:
    given: list[str] = []

    def stream() -> Iterator[str]:
        for piece in ("One. ", "[1]", " ", "Two. [1]"):
            given.append(piece)
            yield piece

    split = statements(stream())
    assert next(split) == "One. [1]"
    assert given == ["One. ", "[1]", " ", "Two. [1]"]


@pytest.mark.parametrize(
    "sentence",
    [
        "It has 3.2 billion parameters [1].",
        "Use a runner, e.g. Ollama, at home.",
        "Weights, code, etc. are public.",
        "Runners (Ollama, llama.cpp, etc.) are free.",
        "Dr. Who and Mr. X agree.",
        "Modellen, d.w.z. gewichten, zijn o.a. gratis, bijv. Llama.",
        "It was trained in the U.S. by No. 5 of the list.",
        "Version 2.0.1 costs $1.50 approx. per day.",
        "1. Download the model.",
        "12. Download the model.",
        "Read llama.cpp/README.md first.",
        "She said “Stop!”, and it stopped.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(sentence: str) -> None:
    assert list(statements([f"{sentence} [1] Next. [2]"])) == [f"{sentence} [1]", "Next. [2]"]


@pytest.mark.parametrize(
    "sentence",
    [
        "It came out in 2023.", "There are 42.", "It scores 5.", "He said “no.”", "Is it?", "It is!", "It is (mostly.)",
        "Weights, code, etc. [1]", "In the U.S. [2]", "Is it so ...",
    ],
)  # fmt: skip
def test_a_sentence_ends_where_a_reader_would_say_so(sentence: str) -> None:
    assert list(statements([f"{sentence} Next. [2]"])) == [sentence, "Next. [2]"]


def test_a_line_ends_a_statement_whatever_it_ends_with() -> None:
    assert list(statements(["- weights, code, etc.\n- e.g.\n- none"])) == ["- weights, code, etc.", "- e.g.", "- none"]
