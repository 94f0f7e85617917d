"""What many pages share at their edges is the site's; what it says about an article becomes metadata."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest import dates
from ingest.boilerplate import learn, stripped
from ingest.chunker import chunks
from ingest.documents import Document
from ingest.reader import read
from knowledge.article import Article
from knowledge.wiring import Knowledge
from tests.ingest.articles import read_text, stretches
from tests.ingest.test_sync import run

TOP = "Home / Recipes / Contact"
OPEN = "Bakery Korst, open every day until 18 hours."
END = f"{OPEN}\n\nWritten by Mira\nLast updated on {{}} March 2026\n\nFind us in the old mill."


def page(number: int) -> str:
    return (
        f"Bread number {number}\n\n{TOP}\n\nThis is the {number}th bread, made of grain {number}.\n\n"
        f"What does it need?\n\nIt needs {number} cups of water.\n\n{END.format(number + 1)}"
    )


@pytest.fixture
def pages(tmp_path: Path) -> list[Document]:
    documents = []
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text(page(number))
        documents.append(Document(tmp_path / f"{number}.txt", str(number)))
    return documents


def test_shared_edges_are_taken_off_and_shared_headings_within_are_kept(pages: list[Document]) -> None:
    shared = learn(pages, read)
    article = stripped(read(pages[3]), shared)
    assert article.text == (
        "Bread number 3\n\nThis is the 3th bread, made of grain 3.\n\nWhat does it need?\n\nIt needs 3 cups of water."
    )
    assert stretches(article, "heading") == ["Bread number 3", "What does it need?"]
    assert (article.author, article.updated) == ("Mira", "2026-03-04")
    source = pages[3].path.read_text()
    assert all(article.text[block.start : block.end] in source for block in article.blocks)
    assert [chunk.text in source for chunk in chunks(article)] == [True, True]


def test_what_the_article_says_itself_counts_more(pages: list[Document]) -> None:
    shared = learn(pages, read)
    own = replace(read(pages[3]), author="A. Baker", updated="2026-05-05")
    assert (stripped(own, shared).author, stripped(own, shared).updated) == ("A. Baker", "2026-05-05")


def test_too_few_documents_teach_nothing(pages: list[Document]) -> None:
    assert learn(pages[:4], read) == frozenset()


def test_an_article_of_shared_lines_alone_stays_as_it_is(pages: list[Document], tmp_path: Path) -> None:
    shared = learn(pages, read)
    article = read_text(tmp_path, f"{TOP}\n\n{END.format(1)}", "end.txt")
    assert stripped(article, shared) == article


def test_the_base_holds_no_boilerplate_and_a_new_page_leaves_the_others_alone(base: Knowledge, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number}.txt").write_text(page(number))
    run(base, folder)
    assert not [article for article in base.catalogue.articles() if "Korst" in article.text or "Home" in article.text]
    (folder / "12.txt").write_text(page(12))
    report = run(base, folder)
    assert (report.added, report.changed, report.unchanged) == (1, 0, 12)


def test_bundled_articles_lose_nothing() -> None:
    from ingest.sources import bundled

    documents = [one for one in bundled().documents() if one.path.suffix == ".md"]
    shared = learn(documents, read)
    assert all(stripped(article, shared) == article for article in map(read, documents))


def told(folder: Path, text: str) -> Article:
    return read_text(folder, text, "page.txt")


def test_years_that_a_timeline_glued_to_its_headings_are_parted_where_it_is_searched(tmp_path: Path) -> None:
    article = told(tmp_path, "History of bread\n\n1850First oven\n\nIt was hot.\n\n1943Dry yeast\n\nIt kept.")
    assert "1850First oven" in article.text
    assert [(chunk.section, chunk.indexed_text) for chunk in chunks(article)] == [
        ("1850 First oven", "History of bread > 1850 First oven\nIt was hot."),
        ("1943 Dry yeast", "History of bread > 1943 Dry yeast\nIt kept."),
    ]


def test_lines_that_explain_terms_are_items(tmp_path: Path) -> None:
    article = told(tmp_path, "Terms\n\nCrumb — the inside of a loaf\nCrust – its outside\nProof - the last rise")
    assert stretches(article, "item") == [
        "Crumb — the inside of a loaf", "Crust – its outside", "Proof - the last rise",
    ]  # fmt: skip
    assert stretches(told(tmp_path, "Bread\n\nBread — as we know it — is old.\nIt is baked."), "item") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Last updated: 2026-03-01", "2026-03-01"),
        ("Updated 1 March 2026", "2026-03-01"),
        ("Updated on March 1st, 2026", "2026-03-01"),
        ("Laatst gewijzigd op 1 maart 2026", "2026-03-01"),
        ("op 12 okt. 2025", "2025-10-12"),
        ("31 February 2026", None),
        ("© 2026 Korst", None),
        ("call 12 ovens 2026", None),
    ],
)
def test_dates_are_read_as_they_are_written(text: str, day: str | None) -> None:
    assert dates.day(text) == day
