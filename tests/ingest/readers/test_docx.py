"""DOCX: headings, lists and tables as Word has them, without what Word hides, and no bombs."""

import pytest

from ingest.about import About
from ingest.reader import parse
from ingest.rejection import Rejected
from knowledge.article import Article
from tests.ingest.articles import stretches
from tests.ingest.readers.made import docx, paragraph

CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
TABLE = (
    "<w:tbl>"
    + "".join(f"<w:tr>{CELL.format(a)}{CELL.format(b)}</w:tr>" for a, b in (("Step", "Hours"), ("Proof", "12")))
    + "</w:tbl>"
)
BODY = paragraph("Rye", "Heading1") + paragraph("It needs a night of rest.") + TABLE


def article(body: str) -> Article:
    return parse(docx(body), About("rye", ".docx", "rye"))


def test_structure_and_metadata_are_kept() -> None:
    read = article(BODY)
    assert (read.title, read.author, read.updated) == ("Rye bread", "A. Baker", "2026-03-01")
    assert stretches(read, "heading") == ["# Rye"]
    assert stretches(read, "paragraph") == ["It needs a night of rest."]
    assert stretches(read, "table") == ["| Step | Hours |\n| --- | --- |\n| Proof | 12 |"]


@pytest.mark.parametrize(
    "run",
    [
        "<w:vanish/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:rStyle w:val="Unseen"/>',
        '<w:vanish w:val="true"/>',
        "<w:webHidden/>",
    ],
)
def test_what_word_hides_does_not_reach_the_article(run: str) -> None:
    read = article(BODY + paragraph("NEEDLE", run=run) + paragraph("The end."))
    assert "NEEDLE" not in read.text
    assert read.text.endswith("The end.")


@pytest.mark.parametrize("run", ['<w:vanish w:val="0"/>', '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>'])
def test_what_word_shows_stays(run: str) -> None:
    assert "NEEDLE" in article(BODY + paragraph("NEEDLE", run=run)).text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no DOCX that can be read"),
        (b"PK\x03\x04 broken", "no DOCX that can be read"),
        (docx(BODY)[:600], "no DOCX that can be read"),
        (docx("<w:p><broken"), "no DOCX that can be read"),
        (docx(""), "no text in it"),
        (docx(BODY, **{"word/media/bomb.xml": b"0" * 50_000_000}), "that is no article"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        parse(data, About("rye", ".docx", "rye"))
