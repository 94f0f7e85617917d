"""PDF: headings, paragraphs and lists by their place on the page, without what is not seen."""

import pytest

from ingest.about import About
from ingest.reader import parse
from ingest.rejection import Rejected
from knowledge.article import Article
from tests.ingest.articles import stretches
from tests.ingest.readers.made import line, pdf

PAGE = (
    line("Rye bread", 72, 720, 24)
    + line("A loaf of rye needs flour, water", 72, 680)
    + line("and a night of rest.", 72, 666)
    + line("It keeps for a week.", 72, 630)
    + line("What you need", 72, 590, 16)
    + line("\\225 flour of rye", 72, 560)
    + line("\\225 water", 72, 546)
)


def article(*pages: str, info: str = "") -> Article:
    return parse(pdf(*pages, info=info), About("rye", ".pdf", "rye"))


def test_headings_paragraphs_and_items_are_told_apart() -> None:
    read = article(PAGE, info="/Title (Rye and I) /Author (A. Baker) /ModDate (D:20260301120000Z)")
    assert (read.title, read.author, read.updated) == ("Rye and I", "A. Baker", "2026-03-01")
    assert stretches(read, "heading") == ["# Rye bread", "## What you need"]
    assert stretches(read, "paragraph") == [
        "A loaf of rye needs flour, water\nand a night of rest.",
        "It keeps for a week.",
    ]
    assert stretches(read, "item") == ["- flour of rye", "- water"]


@pytest.mark.parametrize(
    "hidden",
    [
        line("NEEDLE", 72, 500, state="3 Tr"),
        line("NEEDLE", 72, 500, state="1 1 1 rg"),
        line("NEEDLE", 72, 500, size=1),
    ],
)
def test_hidden_text_does_not_reach_the_article(hidden: str) -> None:
    read = article(PAGE + hidden + line("The end of it.", 72, 460))
    assert "NEEDLE" not in read.text
    assert "The end of it." in read.text


def test_pages_follow_each_other() -> None:
    assert article(PAGE, line("Next page.", 72, 700)).text.endswith("- water\n\nNext page.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no PDF that can be read"),
        (b"%PDF-1.4\nnonsense", "no PDF that can be read"),
        (pdf(PAGE)[:200], "no PDF that can be read"),
        (pdf(""), "no text layer: a scan"),
        (pdf(*[""] * 501), "501 pages; at most 500"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        parse(data, About("rye", ".pdf", "rye"))
