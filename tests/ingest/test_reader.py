"""From a file to an article, or to the reason why not."""

from pathlib import Path

import pytest

from ingest.about import About
from ingest.chunker import chunks
from ingest.documents import Document
from ingest.formats import MARKDOWN
from ingest.reader import parse
from ingest.rejection import Rejected
from tests.ingest.articles import read_text, stretches
from tests.ingest.pages import NOISE, PAGE
from tests.ingest.test_front_matter import ALL


def test_front_matter_becomes_metadata(tmp_path: Path) -> None:
    article = read_text(tmp_path, ALL + "\nBake it.")
    assert (article.article_id, article.title, article.url) == ("bread/rye", "Rye bread", "https://example.org/rye")
    assert (article.author, article.ai_generated, article.local_only) == ("A. Baker", True, False)
    assert (article.created, article.updated, article.tags) == ("2026-01-02", "2026-03-01", ("rye", "bread"))
    assert (article.summary, article.translation_of) == ("How to bake with rye.", "roggebrood")
    assert article.text == "# Rye\n\nBake it."


def test_a_delivered_page_becomes_a_clean_article(tmp_path: Path) -> None:
    article = read_text(tmp_path, PAGE, "sourdough.txt")
    assert (article.article_id, article.title, article.language) == ("sourdough", "Sourdough vs baker's yeast", "en")
    assert (article.author, article.ai_generated) == ("Mira mira-large-2", True)
    made = chunks(article)
    assert not [noise for noise in NOISE for chunk in made if noise in chunk.text + chunk.indexed_text]
    assert {chunk.section for chunk in made} == {
        "",
        "Where does the rise come from?",
        "Strengths of sourdough",
        "Strengths of packet yeast",
        "How do you start?",
    }


def test_every_stretch_of_a_delivered_page_is_found_in_the_source(tmp_path: Path) -> None:
    article = read_text(tmp_path, PAGE, "sourdough.txt")
    assert all(article.text[block.start : block.end] in PAGE for block in article.blocks)


def test_front_matter_wins_over_the_footer(tmp_path: Path) -> None:
    article = read_text(tmp_path, f"---\nauthor: A. Baker\nai_generated: false\n---\n{PAGE}", "page.txt")
    assert (article.author, article.ai_generated) == ("A. Baker", False)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: Given\n---\n# Heading\n\nText.", "Given"),
        ("Text.\n\n## Heading\n\nMore.", "Heading"),
        ("# The *best* `rye` [bread](u)\n\nText.", "The best rye bread"),
        ("Just a line.\n\nAnother.", "Just a line."),
        ("- an item\n- another", "an item"),
        ("**Bold** start", "Bold start"),
        ("![](picture.png)\n\nText.", "page"),
    ],
)
def test_the_title_is_given_or_the_first_heading_or_line_or_the_file_name(
    tmp_path: Path, text: str, title: str
) -> None:
    assert read_text(tmp_path, text).title == title


def test_paths_do_not_repeat_the_title(tmp_path: Path) -> None:
    article = read_text(tmp_path, "# The *best* rye\n\nText.\n\n## Oven\n\nHot.")
    assert [block.path for block in article.blocks if block.kind == "paragraph"] == [(), ("Oven",)]


def test_the_language_is_told_by_the_text_unless_given(tmp_path: Path) -> None:
    text = "Brood bakken doe je met meel, water en zout. Het deeg moet een nacht rusten."
    assert read_text(tmp_path, text).language == "nl"
    assert read_text(tmp_path, f"---\nlanguage: de\n---\n{text}").language == "de"


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf# Rye\r\n\r\nB\xc3\xa4ke.\r\n", b"# Rye\r\rB\xc3\xa4ke.", b"# R\0ye\n\nB\xc3\xa4ke."]
)
def test_marks_line_ends_and_nul_bytes_of_other_systems_are_read(tmp_path: Path, data: bytes) -> None:
    article = read_text(tmp_path, data)
    assert (article.title, article.text) == ("Rye", "# Rye\n\nBäke.")


def test_front_matter_is_read_behind_a_mark_and_with_other_line_ends(tmp_path: Path) -> None:
    assert read_text(tmp_path, b"\xef\xbb\xbf---\r\ntitle: Rye\r\n---\r\nText.").title == "Rye"


@pytest.mark.parametrize("text", ["Rye", "# Rye", "Rye.", "- rye", "1956"])
@pytest.mark.parametrize("name", ["page.md", "page.txt", "page.MARKDOWN"])
def test_a_very_short_document_is_an_article_that_can_be_found(tmp_path: Path, text: str, name: str) -> None:
    article = read_text(tmp_path, text, name)
    assert [chunk.text for chunk in chunks(article)] == [text]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b" \n\t\n", "empty file"),
        (b"---\ntitle: x\n---\n", "no text in it below the front matter"),
        (b"\xef\xbb\xbf\n", "no text in it"),
        (b"R\xff", "not UTF-8 (byte 0xff at offset 1); save it as UTF-8"),
        ("# Rye\n\nBäke".encode("latin-1"), "not UTF-8 (byte 0xe4 at offset 8)"),
        ("Rye".encode("utf-16"), "not UTF-8 (byte 0xff at offset 0)"),
        (b"x" * (MARKDOWN.most_bytes + 1), "1,000,001 bytes; at most 1,000,000 are read"),
        (b"---\ntitle: a: b\n---\nText.", "front matter is not valid YAML"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(Rejected) as caught:
        read_text(tmp_path, data)
    assert reason in str(caught.value)


@pytest.mark.parametrize(("name", "shown"), [("page.odt", ".odt"), ("page", "(none)")])
def test_an_unknown_type_is_told_with_the_known_ones(tmp_path: Path, name: str, shown: str) -> None:
    with pytest.raises(Rejected) as caught:
        read_text(tmp_path, "Text.", name)
    assert str(caught.value) == f"unknown type {shown}; read are .md, .markdown, .txt, .html, .htm, .pdf, .docx"


def test_of_an_unknown_type_the_type_is_told_and_not_the_size(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match=r"unknown type \.zip; read are \.md"):
        read_text(tmp_path, b"x" * (MARKDOWN.most_bytes + 1), "page.zip")


def test_a_page_of_an_unknown_type_is_told_by_what_the_site_calls_it() -> None:
    with pytest.raises(Rejected, match=r"unknown type image/png; read are \.md"):
        parse(b"x", About("https://example.org/a", "", "a", "https://example.org/a", "image/png"))


def test_a_file_that_went_away_is_told(tmp_path: Path) -> None:
    from ingest.reader import read

    with pytest.raises(Rejected, match="not a regular file"):
        read(Document(tmp_path / "gone.md", "gone"))


def test_markdown_blocks_reach_the_article(tmp_path: Path) -> None:
    article = read_text(tmp_path, "# Rye\n\nNeeds:\n\n- flour\n- salt\n\n```\nbake\n```\n\n> Wait.")
    assert stretches(article, "item") == ["- flour", "- salt"]
    assert stretches(article, "code") == ["```\nbake\n```"]
    assert stretches(article, "quote") == ["> Wait."]
