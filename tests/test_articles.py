"""The bundled articles: valid, linked, in the language they declare, each different, each answering its own title.

``make articles`` runs this file alone.
"""

import re
from itertools import combinations
from pathlib import Path

import pytest

from assistant.question import check
from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from ingest import front_matter
from ingest.reader import read
from ingest.sources import bundled
from knowledge.language import detect
from knowledge.terms import words
from knowledge.wiring import Knowledge
from ui.pages.article import page

DOCUMENTS = list(bundled().documents())
FOLDER = bundled().path
NAMES = [document.article_id for document in DOCUMENTS]
each = pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
FIELDS = {"id", "title", "language", "author", "ai_generated", "created", "updated", "tags", "summary"}
# Two articles that share this much of their five-word runs are one article twice.
NEAR_DUPLICATE = 0.1


def body(path: Path) -> str:
    return front_matter.split(path.read_text(encoding="utf-8"))[1]


def test_there_are_at_least_24_in_english_and_10_in_dutch() -> None:
    assert len([name for name in NAMES if not name.startswith("nl/")]) >= 24
    assert len([name for name in NAMES if name.startswith("nl/")]) >= 10


@each
def test_the_front_matter_is_complete_and_honest(document: object) -> None:
    path: Path = document.path  # type: ignore[attr-defined]
    fields, _ = front_matter.split(path.read_text(encoding="utf-8"))
    assert fields.keys() >= FIELDS
    assert fields["id"] == document.article_id  # type: ignore[attr-defined]
    assert fields["ai_generated"] is True
    assert "Claude" in fields["author"]
    assert len(fields["summary"]) <= 160
    assert fields["created"] <= fields["updated"]


@each
def test_the_article_is_in_the_language_it_declares(document: object) -> None:
    article = read(document)  # type: ignore[arg-type]
    assert detect(article.text) == article.language
    assert article.language == ("nl" if article.article_id.startswith("nl/") else "en")


@each
def test_a_translation_names_an_article_that_exists(document: object) -> None:
    article = read(document)  # type: ignore[arg-type]
    assert (article.translation_of in NAMES) == article.article_id.startswith("nl/")


@each
def test_links_lead_to_other_articles(document: object) -> None:
    path: Path = document.path  # type: ignore[attr-defined]
    links = re.findall(r"\]\(([^)]+)\)", body(path))
    assert links
    for link in links:
        assert (path.parent / link).resolve().is_relative_to(FOLDER), link
        assert (path.parent / link).exists(), f"{path.name} links to {link}"


@each
def test_the_article_has_its_length_and_structure(document: object) -> None:
    path: Path = document.path  # type: ignore[attr-defined]
    text = body(path)
    written = sum(any(character.isalnum() for character in word) for word in text.split())
    assert 300 <= written <= (720 if document.article_id.startswith("nl/") else 700)  # type: ignore[attr-defined]
    assert len(re.findall(r"^## ", text, re.MULTILINE)) >= 4
    assert re.search(r"^## .*\?$", text, re.MULTILINE)
    assert re.search(r"^- .+", text, re.MULTILINE)


def test_no_two_articles_of_a_language_are_near_duplicates() -> None:
    runs = {document.article_id: _runs(body(document.path)) for document in DOCUMENTS}
    for one, other in combinations(runs, 2):
        if one.startswith("nl/") == other.startswith("nl/"):
            shared = len(runs[one] & runs[other]) / len(runs[one] | runs[other])
            assert shared < NEAR_DUPLICATE, f"{one} and {other} share {shared:.0%}"


@pytest.mark.embedder
@each
def test_the_article_answers_its_own_title_and_cites_itself(document: object, bundled_base: Knowledge) -> None:
    assistant = make_assistant(bundled_base, {setting.name: setting for setting in ASSISTANT})
    article = read(document)  # type: ignore[arg-type]
    answer = assistant.answer(check(article.title), "extractive")
    assert answer.answered, f"{article.title}: refused at {answer.confidence:.2f}"
    assert article.article_id in {citation.article_id for citation in answer.citations}, answer.answer


def _runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + 5]) for at in range(len(found) - 4)}


@pytest.mark.embedder
@each
def test_links_on_the_articles_own_page_lead_to_articles(document: object, bundled_base: Knowledge) -> None:
    article = bundled_base.catalogue.article(document.article_id)  # type: ignore[attr-defined]
    assert article is not None
    targets = re.findall(r'href="(?:\.\./)+articles/([^"#]+)', page(article))
    assert targets
    assert set(targets) <= set(NAMES)
    language = [target.startswith("nl/") for target in targets if f"nl/{target.removeprefix('nl/')}" in NAMES]
    assert all(language) or article.language == "en"
