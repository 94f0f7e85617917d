"""Plain text: Markdown's marks go, the words stay."""

import pytest

from knowledge.plain import inline, plain


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("**bold**, __bold__, *leaning* and _leaning_", "bold, bold, leaning and leaning"),
        ("***both***", "both"),
        ("**Note:** knead *well*", "Note: knead well"),
        ('a [link](https://example.org/a_b_(c) "Title") here', "a link here"),
        ("a [link][ref] here", "a link here"),
        ("![a loaf](loaf.png)", "a loaf"),
        ("[![a loaf](loaf.png)](loaf.html)", "a loaf"),
        ("see <https://example.org> or <baker@example.org>", "see https://example.org or baker@example.org"),
        ("# Heading", "Heading"),
        ("> quoted\n> twice", "quoted twice"),
        ("- item", "item"),
        ("  • item — explained", "item — explained"),
        ("12. item", "item"),
        ("<b>bold</b> text <!-- hidden\nlines -->", "bold text"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b; 1 | 2"),
        ("two\n\nlines   here", "two lines here"),
    ],
)
def test_marks_go_and_words_stay(marked: str, shown: str) -> None:
    assert plain(marked) == shown


@pytest.mark.parametrize(
    "text",
    [
        "snake_case_name",
        "snake__case__name",
        "2*3*4",
        "2 * 3 * 4",
        "*not closed",
        "x < 3 and y > 2",
        "5-10 minutes",
        "[1] and [x]",
        "C# and F#",
        "2026 was the year.",
    ],
)
def test_what_only_looks_like_a_mark_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("code", ["<think>", "__init__", "**kwargs", "a*b*c", "[x](y)"])
def test_code_is_shown_as_it_stands(code: str) -> None:
    assert plain(f"Write `{code}` there.") == f"Write {code} there."


def test_code_inside_a_link_and_inside_bold_survives() -> None:
    assert plain("[`run`](u) and **`stop`**") == "run and stop"


def test_inline_keeps_the_lines() -> None:
    assert inline("*one*\n- **two**") == "one\n- two"


def test_a_text_without_words_is_empty() -> None:
    assert plain("<!-- nothing -->") == plain("![](picture.png)") == plain("") == ""
