"""Structure told by its shape: a page without any marks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.plain import blocks, is_heading
from tests.ingest.pages import BARE

TITLE = "Sourdough vs baker's yeast"


def test_unmarked_headings_are_recognised() -> None:
    headings = [BARE[block.start : block.end] for block in blocks(BARE) if block.kind == "heading"]
    assert headings == [
        TITLE,
        "Where does the rise come from?",
        "Strengths of sourdough",
        "Strengths of packet yeast",
        "How do you start?",
    ]


def test_lists_stand_under_their_heading() -> None:
    items = [(block.path, BARE[block.start : block.end]) for block in blocks(BARE) if block.kind == "item"]
    assert [path for path, _ in items] == [
        *[("Strengths of sourdough",)] * 3,
        *[("Strengths of packet yeast",)] * 2,
        *[("How do you start?",)] * 2,
    ]
    assert items[0][1] == "• Flavour — acids give the crumb a mild tang"
    assert items[-1][1] == "2. Wait a day in a warm place"


def test_paragraphs_stand_under_their_heading_and_the_intro_under_the_title() -> None:
    paths = [block.path for block in blocks(BARE) if block.kind == "paragraph"]
    assert paths == [(TITLE,), *[("Where does the rise come from?",)] * 2, ("How do you start?",)]


def test_a_line_that_continues_an_item_belongs_to_it() -> None:
    text = "Title\n\n- salt, but\n  not too much\n- flour"
    assert [text[block.start : block.end] for block in blocks(text)][1:] == ["- salt, but\n  not too much", "- flour"]


def test_a_list_may_follow_its_heading_without_a_blank_line() -> None:
    text = "Title\n\nWhat you need\n- salt\n- flour"
    assert [(block.kind, block.path) for block in blocks(text)][1:] == [
        ("heading", ("What you need",)),
        ("item", ("What you need",)),
        ("item", ("What you need",)),
    ]


def test_the_last_line_is_above_nothing_and_so_no_heading() -> None:
    assert [block.kind for block in blocks("Title\n\nText here.\n\nBon appetit")] == [
        "heading",
        "paragraph",
        "paragraph",
    ]


@pytest.mark.parametrize("line", ["What is rye?", "Rye", "1956", "3 kinds of rye", "Rye — and why"])
def test_lines_that_are_headings(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    ["Rye is a grain.", "You need:", "lower case", "Rye " * 13, "R" * 81, "Two\nlines", "Wait!", "Rye, salt,"],
)
def test_lines_that_are_none(line: str) -> None:
    assert not is_heading(line)


@given(st.text(alphabet="abA •-1.)?:\n é", max_size=200))
def test_every_character_is_in_one_block(text: str) -> None:
    found = blocks(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    covered = "".join(text[block.start : block.end] for block in found)
    assert "".join(covered.split()) == "".join(text.split())
